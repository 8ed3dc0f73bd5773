# Le nœud lui-même : vue d’ensemble, connexion, parties, liaisons, consommateurs, registre, comptes.

overview-title = Vue d’ensemble
overview-lede = Ce que ce nœud détient, qui est relié, et ce qui vous attend.
overview-attention = À traiter
overview-attention-none = Rien ne vous attend pour l’instant.

login-title = Connexion
login-user = Nom d’utilisateur
login-password = Mot de passe
login-submit = Se connecter
login-wrong = Le nom d’utilisateur ou le mot de passe est erroné.
login-wait = Trop de tentatives. Réessayez dans { $duration }.
login-signed-out = Vous êtes déconnecté.

party-parties-title = Parties
party-parties-lede = Organisations dont ce nœud connaît les clés, et s’il leur fait confiance.
party-parties-empty = Pas encore d’autre partie. Importez sa fiche, comparez son empreinte par téléphone, puis accordez-lui votre confiance.
party-fingerprint = Empreinte
party-card = Fiche de partie
party-trusted = De confiance
party-untrusted = Sans confiance
party-own = Ce nœud
party-agreements = Accords avec elle
party-roles = Rôles

link-links-title = Liaisons
link-links-lede = La réplication avec chaque partie : le retard, ce qui a été vérifié, ce qui est retenu et pourquoi.
link-links-empty = Pas encore de liaison. Accordez votre confiance à une partie et ajoutez son adresse à la configuration.
link-state-connected = Reliée
link-state-connecting = En cours
link-state-silent = Silencieuse
link-state-stopped = Arrêtée
link-state-offline = Par fichier seulement
link-state-recorded = Telle qu’enregistrée
link-lag = Retard
link-lag-none = À jour
link-lag-records = { $count ->
    [one] { $count } enregistrement de retard
   *[other] { $count } enregistrements de retard
}
link-checkpoint = Dernier point de contrôle vérifié
link-checkpoint-none = Aucun pour l’instant
link-sent = Envoyés
link-received = Reçus
link-error = Dernier problème
link-stopped-two-histories = Arrêtée : cette partie a signé deux historiques différents. Les deux sont gardés comme preuve. Appelez la partie avant de poursuivre.
link-stopped-checkpoint = Arrêtée : un point de contrôle reçu n’est pas celui de ce registre sous les clés de la partie. Rien n’en a été conservé. Appelez la partie.
link-stopped-records = Arrêtée : les enregistrements reçus ne sont pas ceux que la partie a signés. Rien n’en a été conservé. Appelez la partie.
link-stopped-do = Une fois l’affaire réglée :

consumer-consumers-title = Consommateurs
consumer-consumers-lede = Clients sans nœud propre : ils lisent et écrivent par TAXII et l’API au moyen d’un jeton.
consumer-clearance = Habilité jusqu’à
consumer-consumers-empty = Pas encore de consommateurs.

ledger-title = Registre
ledger-lede = Chaque enregistrement que ce nœud a écrit ou répliqué, dans l’ordre, sous une seule racine.
ledger-own = Propre registre
ledger-mirrors = Répliques
ledger-size = Enregistrements
ledger-root = Racine
ledger-checkpoint = Point de contrôle
ledger-verify-title = Vérifier
ledger-verify-lede = Recalcule chaque empreinte et chaque signature depuis le premier enregistrement.
ledger-verify-ok = { $count ->
    [one] { $count } enregistrement vérifié : le registre est intact
   *[other] { $count } enregistrements vérifiés : le registre est intact
}
ledger-verify-wrong = L’enregistrement à la position { $position } n’est pas celui qui fut écrit.
ledger-verify-rate = { $rate } enregistrements par seconde
ledger-record-title = Enregistrement
ledger-record-header = En-tête
ledger-record-body = Corps
ledger-record-proof = Preuve de sa présence dans le registre
ledger-record-proof-path = Empreintes de la feuille à la racine
ledger-record-delivery = Qui l’a reçu, et quand
ledger-record-unknown = Cet enregistrement n’existe pas ici, ou vous ne pouvez pas le voir.

overview-recent = Derniers événements
overview-recent-none = Rien de ce que vous êtes habilité à voir ne s’est encore produit.
overview-links = Liaisons établies
overview-views-behind = Enregistrements pas encore affichés

party-contact = Contact
party-link-address = Adresse de la liaison
party-tls = Certificat TLS (SHA-256)
party-decided = Dernière décision de confiance
party-decided-by = Décidé par
party-own-hint = Lisez cette empreinte à la partie qui s’apprête à nous faire confiance.
party-agreements-none = Pas encore d’accord avec cette partie.

link-since = Connectée depuis

consumer-writes = Peut écrire
consumer-closed = Fermé
consumer-add = Ajoutez-en un, et transmettez-lui son jeton par un canal sûr.
consumer-relation-organisation = Notre organisation
consumer-relation-client = Client
consumer-relation-community = Communauté
consumer-relation-public = Public

ledger-arrivals = Enregistrements de toutes les parties
ledger-state-ready = Accepte les écritures
ledger-state-read-only = Lecture seule
ledger-checkpoint-none = Aucun point de contrôle signé. Il en est signé un quand un pair le demande ou quand un enregistrement est vérifié.
ledger-mirrors-empty = Aucun miroir : les enregistrements des autres parties apparaissent ici dès qu’une liaison est établie.
ledger-find = Chercher un enregistrement
ledger-find-what = Enregistrement ou position
ledger-find-hint = Un identifiant tel que record:4f2a…, ou une position dans notre propre registre, telle que 0.
ledger-verify-command = En ligne de commande :
ledger-record-header-bytes = En-tête tel que scellé
ledger-record-stated = Déclaré
ledger-record-under = Publié au titre de
ledger-record-sight = Pour vous
ledger-record-withheld = Non communiqué à ce nœud
ledger-record-withheld-why = Son auteur ne nous a pas communiqué cet enregistrement. Seule son empreinte est ici, afin que le registre reste vérifiable.
ledger-record-body-above = Vous ne pouvez pas lire le corps ; la raison figure ci-dessus.
ledger-record-body-gone = Il n’y a pas de corps ici : l’enregistrement n’en a pas, ou il a été effacé. L’en-tête reste vérifiable.
ledger-record-delivery-none = Aucune remise de cet enregistrement n’est connue.
ledger-check-what = Ce qui a été recalculé
ledger-check-leaf = L’empreinte de l’en-tête est bien la feuille
ledger-check-body = Le corps est celui qu’annonce l’en-tête
ledger-check-path = Le chemin mène de la feuille à la racine
ledger-check-root = La racine est celle du point de contrôle
ledger-check-signature = Le point de contrôle est signé avec les deux clés de son auteur
ledger-check-holds = Vérifié
ledger-check-fails = Non vérifié
ledger-check-open = Sans objet
ledger-verify-large = Ce registre est trop grand pour être vérifié pendant qu’une page attend. En ligne de commande :
ledger-verify-damaged = Le fichier du registre n’est pas ce qui a été écrit.
ledger-record-proof-alone = L’enregistrement est seul dans son registre : son empreinte est la racine.
overview-late = { $count } enregistrements sont dans le registre et pas encore affichés
overview-late-do = Les pages se mettent à jour d’elles-mêmes. Si le nombre augmente, vérifiez le disque.
overview-link-stopped = La liaison avec { $party } est arrêtée
overview-link-silent = Aucune nouvelle de { $party }
overview-link-fails = Pas encore de connexion avec { $party }
overview-link-look = Voir les liaisons
ledger-checkpoint-covers = { $count ->
    [one] Une paire de signatures garantit { $count } enregistrement.
   *[other] Une paire de signatures garantit { $count } enregistrements.
}
ledger-checkpoint-text = Le texte signé, avec ses deux signatures
overview-newest-record = dernier enregistrement
## Formulaires
form-choose = Choisissez une valeur de la liste.
form-choose-one = Veuillez choisir
form-shown-once = Affiché une seule fois. Il ne pourra plus être affiché.

consumer-add-title = Admettre un consommateur
consumer-add-submit = Ajouter un consommateur
consumer-name-hint = Le nom avec lequel il s’identifie : a-z, 0-9, - _ et . uniquement.
consumer-name-wrong = Utilisez de 1 à 64 caractères parmi a-z, 0-9, - _ et .
consumer-name-taken = Un consommateur de ce nom est ouvert. Choisissez un autre nom, ou fermez d’abord celui-là.
consumer-clearance-hint = Rien de plus strictement marqué ne lui parvient, quoi que disent les accords.
consumer-party = Appartient à la partie
consumer-party-hint = Uniquement pour une partie qui signe des accords sans exploiter de nœud.
consumer-rate = Requêtes par seconde
consumer-rate-hint = Vide : sans limite.
consumer-rate-wrong = Indiquez un nombre entier de 1 à { $most }, ou laissez vide.
consumer-writes-hint = Il peut déposer des objets, qui deviennent alors les nôtres.
consumer-agreements = Accords dont il voit les objets
consumer-agreements-hint = Sans accord, il ne voit rien.
consumer-added = { $name } est admis
consumer-token = Jeton
consumer-token-do = Transmettez-le maintenant au consommateur par un canal sûr. S’il est perdu, fermez le consommateur et ajoutez-le de nouveau.
consumer-close = Fermer
consumer-close-question = Exclure { $name } ?
consumer-close-consequence = Son jeton cesse aussitôt de fonctionner. Ce qu’il a reçu reste chez lui.

party-trust-title = Accorder sa confiance
party-trust-lede = Fournissez la carte que la partie vous a envoyée. Rien n’est approuvé tant que vous n’avez pas comparé son empreinte.
party-trust-submit = Faire confiance à cette partie
party-card-text = Texte de la carte
party-card-text-hint = Collez-le ici, ou choisissez le fichier ci-dessous.
party-card-file = Fichier de la carte
party-card-read = Lire la carte
party-card-download = Notre carte
party-card-missing = Collez le texte de la carte, ou choisissez son fichier.
party-card-malformed = Ce n’est pas une carte de partie. Redemandez son fichier à la partie.
party-card-unproven = Les signatures de cette carte ne sont pas valables. Ne lui faites pas confiance ; redemandez la carte par un autre canal.
party-card-ours = C’est notre propre carte. Demandez la sienne à l’autre partie.
party-card-namesake = Une partie de confiance s’appelle déjà { $name }. Demandez à l’une des deux un autre nom court.
party-card-old = La carte enregistrée est plus ancienne que nos clés. Exportez la nouvelle en ligne de commande avec « entente party card export ».
party-compare-title = Comparer l’empreinte de { $name }
party-compare-lede = Appelez la partie à un numéro que vous connaissez par ailleurs, pas celui de la carte. Faites-vous lire toute l’empreinte. Comparez groupe par groupe, et saisissez les deux groupes qui manquent ici.
party-compare-end = Les deux derniers groupes
party-compare-end-hint = Huit caractères, tels que la partie vous les lit.
party-compare-end-wrong = L’empreinte ne se termine pas ainsi. Écoutez de nouveau ; si elle diffère toujours, la carte a pu être modifiée : ne lui faites pas confiance.
party-compare-how = Avec qui et comment avez-vous comparé
party-compare-how-hint = Conservé dans le registre, par exemple « A. Berg, par téléphone ».
party-compare-how-wrong = Dites avec qui et comment, en 1 à 200 caractères.
party-compare-whole = Tous les autres groupes sont identiques aussi
party-compare-whole-wrong = Comparez tous les groupes, puis cochez cette case.
party-distrust = Retirer la confiance
party-distrust-question = Ne plus faire confiance à { $name } ?
party-distrust-consequence = La liaison avec elle prend fin et ses nouvelles signatures ne valent plus rien ici. Ce qu’elle a envoyé reste. Vous pourrez de nouveau lui faire confiance avec sa carte.

nav-accounts = Comptes
account-accounts-title = Comptes
account-accounts-lede = Qui peut se connecter ici, et ce que chacun peut faire.
account-add-title = Ajouter un compte
account-add-lede = Un premier mot de passe est créé et affiché une seule fois.
account-change-title = Modifier le compte { $name }
account-change-lede = Quiconque est connecté avec ce compte devra se reconnecter.
account-change = Modifier
account-close = Fermer
account-close-question = Fermer le compte { $name } ?
account-close-consequence = Quiconque est connecté avec ce compte est aussitôt déconnecté. Ce qui a été fait avec lui reste dans le registre.
account-you = (vous)
account-own = Nul ne modifie ni ne ferme son propre compte ; adressez-vous à un autre administrateur
account-name-taken = Un compte de ce nom existe. Choisissez un autre nom, ou modifiez ce compte.
account-name-wrong = De 1 à 64 caractères parmi a-z, 0-9, . _ et -
account-role-hint = La page « Rôles et droits » dit ce que chacun permet.
account-clearance-hint = Rien de plus strictement marqué n’est montré à cette personne.
account-added = Le compte { $name } est prêt
account-first-password = Premier mot de passe
account-password-do = Transmettez-le à la personne par un canal sûr. Elle le change sous son nom, en haut de chaque page.
account-password-title = Changer votre mot de passe
account-password-lede = Partout ailleurs, vous serez déconnecté.
account-password-old = Mot de passe actuel
account-password-new = Nouveau mot de passe
account-password-again = Nouveau mot de passe, encore une fois
account-password-hint = Au moins 12 caractères. Une phrase se retient facilement.
account-password-short = Utilisez au moins 12 caractères.
account-password-differs = Ce n’est pas le même que ci-dessus. Saisissez-le de nouveau.
account-password-wrong = Ce n’est pas votre mot de passe.
role-account-officer = Officier
role-account-analyst = Analyste
role-account-auditor = Auditeur
role-account-administrator = Administrateur
## Premiers pas
first-steps-title = Premiers pas
first-steps-done = Fait
first-steps-open = À faire
first-steps-trust = Échangez vos cartes avec une partie
first-steps-trust-how = Envoyez notre carte et faites confiance à la sienne après avoir comparé l’empreinte par téléphone.
first-steps-link = Établissez la liaison
first-steps-link-how = Son adresse figure sur sa carte, ou se note dans la configuration sous [link].
first-steps-agree = Proposez un accord, et signez-le des deux côtés
first-steps-agree-how = Tant que toutes les parties n’ont pas signé, rien n’est libéré.
first-steps-import = Importez des objets, ou attendez ceux de la partie
first-steps-import-how = Un essai à blanc montre qui les recevrait.

link-lag-since = en attente depuis
link-checkpoints = Derniers points de contrôle vérifiés
link-explain = Expliquer un enregistrement
link-explain-lede = Sa page dit qui l’a reçu, qui ne l’a pas reçu, et pourquoi.

trouble-read-only = Il n’accepte aucune écriture : { $reason }. Libérez de l’espace ou rendez le disque inscriptible ; il reprend de lui-même, et rien de ce qui a été confirmé n’est perdu.
trouble-behind = Les pages ne suivent pas le registre : { $reason }. Ce qui est confirmé est en sûreté ; les pages montrent l’état antérieur.

settings-title = Vos réglages
settings-lede = Ils valent pour votre compte, sur chaque nœud de cette partie.
settings-now = Maintenant
settings-zone = Fuseau horaire
settings-zone-hint = Il figure à côté d’UTC partout où l’heure exacte compte.
settings-zone-utc = UTC seulement
settings-zone-unknown = Choisissez dans la liste.

# Le passé
past-title = Telle qu’elle était
past-lede = Toute page tirée du registre peut être montrée telle qu’elle était à un instant antérieur : ce qui avait été reçu alors, l’horloge étant mise à cet instant.
past-at = Instant
past-at-hint = Dans le fuseau horaire { $zone }.
past-show = Montrer la page
past-quick = Raccourcis
past-hour = Il y a une heure
past-shift = Il y a huit heures
past-day = Il y a un jour
past-week = Il y a une semaine
past-unreadable = Ce n’est pas un instant : écrivez par exemple 2026-11-20T16:20:00Z, 2026-11-20T16:20 dans votre fuseau horaire, ou 2026-11-20.
past-to-come = Cet instant n’est pas encore venu. Omettez-le pour voir le présent.
past-no-change = Rien ne peut être modifié dans le passé. Revenez au présent et faites-le là.
past-preparing = Le passé est en préparation
past-preparing-lede = La page s’affiche d’elle-même dès que le registre a été lu jusqu’à cet instant.
past-preparing-text = { $count } enregistrements lus sur { $all }.
past-preparing-again = Regarder de nouveau
compare-title = Comparer deux instants
compare-lede = Ce qui a été connu, modifié et retiré entre deux instants, d’après ce qui a été reçu ici.
compare-from = De
compare-to = À (vide : maintenant)
compare-show = Comparer
compare-order = Le second instant doit être postérieur au premier.
compare-count = { $count ->
    [0] Rien que vous puissiez voir n’a été reçu entre les deux.
    [one] Un enregistrement est listé ici.
   *[other] { $count } enregistrements sont listés ici.
  }
compare-new = Nouveau
compare-changed = Modifié
compare-withdrawn = Retiré
compare-subject = Au sujet de
compare-records = Enregistrements
compare-last = Dernière réception
compare-sides = Voir
compare-before = avant
compare-after = après
compare-none = Rien que vous puissiez voir.
compare-more = Continuer avec la suite
