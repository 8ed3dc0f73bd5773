# Dépôt auprès d’une autorité : par la liaison, à deux, et ses suites.
filing-title = Déposer par la liaison
filing-lede = Vers le nœud d’une autorité, scellé pour elle seule. Ce que vous voyez est ce qu’elle lira.
filing-ways = Voie prévue par la loi : { $ways }
filing-ways-hint = Que le dépôt par la liaison suffise relève de l’autorité et de l’accord conclu avec elle. Sinon, déposez par cette voie et notez le dépôt.
filing-to = Destinataire
filing-authority = Autorité
filing-nobody = Aucune autorité destinataire de ce rapport ne dispose d’un nœud reconnu ici. Déposez-le par les voies ci-dessus et notez le dépôt.
filing-sector = Notre secteur
filing-sector-hint = Dans les termes de la loi ; peut rester vide
filing-look = Voir ce qui partira
filing-choose = Choisissez une autorité à laquelle un accord permet de le transmettre.
filing-lacks = Des champs obligatoires ne sont pas remplis : rien ne peut être envoyé
filing-goes = Ce qui partira exactement
filing-reporter = Déclarant
filing-pack = Établi d’après
filing-fields = Champs
filing-no-fields = Aucun : aucun champ prévu par la loi n’est rempli.
filing-word-for-word = Mot pour mot
filing-two = La règle « { $rule } » exige deux personnes : l’envoi attend l’accord de la seconde
filing-send = Envoyer maintenant
filing-ask-second = Demander l’accord d’une seconde personne
filing-awaits = En attente de la seconde signature
filing-to-draft = Voir ce qui attend
filing-second = seconde personne :
filing-receipt = Suites du dépôt
filing-written = Signé dans notre journal
filing-given = Remis au nœud de l’autorité
filing-not-given = Non remis
filing-underway = Pas encore remis : partira à la prochaine liaison entre les nœuds
filing-received = Reçu par l’autorité
filing-refused = Refusé par l’autorité
filing-answered = Réponse de l’autorité
filing-asked = Question de l’autorité

# Ce que prouve une preuve, maillon par maillon, et ce qu’elle ne prouve pas.
proof-received-at = Arrivée
proof-receipt = Accusé de réception
proof-in-log-of = dans un journal de { $size } dont l’autorité a signé l’état
proof-chain = La chaîne, vérifiée maillon par maillon
proof-checked = Vérifié
proof-link-key = La fiche de la partie est signée par les clés de son empreinte.
proof-link-checkpoint = Ces clés ont signé l’état de son journal, par Ed25519 et ML-DSA-87.
proof-link-records = Chaque enregistrement du fichier figure dans ce journal, inchangé.
proof-link-submission = L’un d’eux dit que ce rapport a été transmis, quand, par quelle voie et par qui.
proof-link-second = Il dit qu’une seconde personne l’a approuvé.
proof-link-law = Les dates découlent de ces enregistrements selon le texte indiqué et ont été recalculées.
proof-link-filing = Le dépôt qu’il désigne figure dans le même journal.
proof-link-authority-key = La fiche de l’autorité est signée par les clés de son empreinte.
proof-link-authority-checkpoint = Ces clés ont signé l’état du journal de l’autorité.
proof-link-receipt = L’accusé de réception de l’autorité figure dans ce journal, inchangé.
proof-link-receipt-names = Il désigne ce dépôt précis, la référence de l’autorité et le moment de l’arrivée.
proof-link-mail = L’enregistrement porte la réponse du serveur de messagerie à la fin du message, son Message-ID et son SHA-256.
proof-link-evidence = Une pièce justificative est désignée par son SHA-256 : qui la détient peut montrer que c’est bien elle.
proof-open = Ce qu’elle ne prouve pas
proof-open-who = Que les empreintes sont celles des véritables organisations. Comparez-les avec celles que vous reconnaissez.
proof-open-sent = L’heure de l’envoi : c’est la parole de la partie.
proof-open-received = L’heure de réception : c’est la parole de l’autorité, signée par elle.
proof-open-arrival = Que le rapport est arrivé : le fichier ne contient aucun accusé de réception de l’autorité.
proof-open-content = Ce que disait le rapport : il n’est pas dans le fichier, seule son empreinte permet de le reconnaître.
proof-open-server = Que le serveur de messagerie a ainsi répondu et acheminé le rapport : c’est la parole de la partie, et celle du journal du serveur.
proof-open-facts = Que les faits à l’origine des dates sont exacts et qu’aucun n’a été omis.
proof-open-accepted = Que l’autorité a jugé le rapport complet ou exact. L’accusé dit seulement qu’il est arrivé.
proof-open-evidence = Ce que dit la pièce justificative : la preuve en contient le SHA-256, non le fichier.

# Rançons.
ransom-title = Rançon
ransom-lede = Ce qui a été exigé, ce qui doit précéder un paiement, et les suites. Les personnes décident ; chaque étape est consignée.
ransom-gate = Avant de payer
ransom-record = Dossier
ransom-state = Renseigner
ransom-clocks = Délais
ransom-clocks-none = Aucun : indiquez d’abord quelles lois s’appliquent.
ransom-clocks-hint = Un texte qui n’est pas en vigueur est affiché pour information et n’est jamais en retard.
ransom-paid-when = Moment du paiement
ransom-disbursed-when = Moment du versement
ransom-stix = En STIX
ransom-misp = En MISP
ransom-step-done = Fait
ransom-step-open = À faire
ransom-step-payer = Qui paierait :
ransom-payer-public = Un organisme public
ransom-payer-private = Pas un organisme public
ransom-step-pledge = L’engagement des gouvernements à ne pas payer
ransom-override = Un haut responsable y déroge
ransom-step-screen = Listes de sanctions :
ransom-looks = { $count ->
    [0] aucune recherche pour l’instant
    [one] une recherche
   *[other] { $count } recherches
}
ransom-step-cleared = La personne trouvée en est une autre
ransom-clear = Le conseil juridique décide
ransom-step-decide = Payer ou refuser
ransom-decided-yes = Décidé : payer
ransom-decided-no = Décidé : ne pas payer
ransom-open = Rien ne fait obstacle à la décision
ransom-open-hint = Ce n’est pas un conseil de payer. Payer une personne inscrite sur une liste de sanctions est une infraction, que la liste ait été consultée ou non.
ransom-barred = La décision de payer est bloquée
ransom-screenings = Recherches dans les listes de sanctions
ransom-screenings-none = Aucune recherche pour l’instant.
ransom-list = Liste
ransom-subjects = Noms et adresses
ransom-subjects-hint = Un par ligne : personnes, groupes, portefeuilles. Cinquante au plus.
ransom-too-many = Cherchez-en { $most } à la fois au plus.
ransom-found = Trouvé
ransom-nobody = Personne
ransom-near = Nom presque identique
ransom-same = Nom ou adresse identique
ransom-likeness = Les noms sont comparés mot à mot, sans tenir compte de l’ordre, de la casse ni des signes diacritiques latins ; « presque » signifie une lettre d’écart dans un mot de quatre lettres, deux dans un mot de huit. Rien n’est translittéré et rien n’est tranché : une personne dit si c’est la bonne.
ransom-look = Chercher
ransom-no-lists = Aucune liste n’a été importée. Un exploitant le fait en ligne de commande
ransom-figures = Rançons, sans noms
ransom-reported = Incidents avec rançon
ransom-paid = Payées
ransom-refused = Refusées
ransom-undecided = Pas encore connu

# L’engagement.
pledges-title = Engagement à ne pas payer
pledges-lede = Organismes publics qui ont déclaré ne pas payer de rançon, tels que chaque partie les consigne pour son côté. Il ne lie aucune entreprise.
pledges-none = Aucun engagement consigné.
pledges-add = Consigner un engagement
pledges-save = Consigner
pledges-body = Organisme public
pledges-country = État
pledges-country-hint = Deux lettres, par exemple FR
pledges-since = Depuis le
pledges-since-hint = Une date, par exemple 2023-11-01
pledges-future = Cette date n’est pas encore venue.
pledges-statement = Source
pledges-statement-hint = La déclaration ou la décision, avec sa date
pledges-joined = Adhésion
pledges-left = Retirée
pledges-from = Consigné par

# Le formulaire de la loi, pour machines et portails.
template-title = Formulaire de la loi, point par point
template-file = Modèle en JSON
template-number = Point
template-see = Voir le point { $number }
template-unsure = C : à comparer avec l’annexe
template-open = Ce que les sources ne disent pas

# Décisions contradictoires.
contradicted-title = Deux personnes ont décidé différemment : { $what }
contradicted-stands = vaut provisoirement : signée plus tard, par une personne habilitée
contradicted-careful = Jusqu’à ce que quelqu’un tranche, les obligations suivent la lecture prudente : { $outcome }.
contradicted-resolve = Trancher
