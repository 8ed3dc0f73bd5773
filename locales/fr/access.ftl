# Personnes et accès : comptes, sessions, jetons, second facteur, rôles et droits, piste d’audit, validation à deux.
# Les clés en `permission-` sont composées à l’exécution à partir du nom des droits.

## Son propre compte
account-title = Votre compte
account-about = Qui vous êtes ici
account-safety = Comment vous vous connectez, et ce qui est ouvert
account-stay-until = Présent jusqu’au

## Confirmer son identité
confirm-title = Confirmez qu’il s’agit bien de vous
confirm-lede = La suite est sensible. Une fois confirmée, votre identité n’est plus demandée pendant { $duration }.
confirm-wrong = Cela ne correspond pas. Rien n’a été fait.
confirm-sso = Se reconnecter plutôt avec votre organisation

## Authentification unique
login-sso = Se connecter avec votre organisation
login-sso-refused = La connexion de votre organisation ne vous a pas ouvert l’accès. Demandez à un administrateur si vous avez un compte.
login-sso-done = Vous êtes connecté.
login-sso-on = Continuer

## Second facteur
factor-title = Second facteur
factor-telephone = Codes de votre téléphone
factor-what = Une application de votre téléphone affiche un code à six chiffres qui change toutes les trente secondes. Avec lui, le mot de passe seul n’ouvre rien.
factor-on = { $count ->
    [one] Actif, { $count } code de secours restant
   *[other] Actif, { $count } codes de secours restants
}
factor-off = Inactif : le mot de passe seul suffit
factor-no-codes = Il ne vous reste aucun code de secours. Créez-en de nouveaux.
factor-begin = L’activer
factor-replace = Utiliser un autre téléphone
factor-renew-codes = Nouveaux codes de secours
factor-drop = Le désactiver
factor-scan = Scannez ceci avec l’application
factor-scan-do = Scannez l’image avec une application d’authentification, ou saisissez-y le secret. Saisissez ensuite le code qu’elle affiche.
factor-secret = Secret
factor-code = Code
factor-code-hint = Six chiffres de votre téléphone, ou l’un de vos codes de secours.
factor-first-code-hint = Les six chiffres que l’application affiche maintenant.
factor-code-wrong = Ce code ne compte pas. Attendez le suivant et saisissez-le.
factor-set = Le second facteur est actif
factor-codes = Codes de secours
factor-codes-do = Imprimez-les ou copiez-les, et gardez-les loin de votre téléphone. Chacun sert une fois, si le téléphone est perdu.

## Clés d’accès
passkey-title = Clés d’accès
passkey-lede = Une clé d’accès vous connecte avec votre appareil, par empreinte, visage ou code PIN. On ne peut ni la deviner, ni la livrer sur une fausse page.
passkey-none = Vous n’avez aucune clé d’accès.
passkey-add = Une nouvelle clé d’accès
passkey-label = Comment vous l’appelez
passkey-label-hint = Par exemple : portable de permanence
passkey-label-wrong = Donnez-lui un nom de { $most } caractères au plus.
passkey-make = Créer une clé d’accès
passkey-use = Utiliser une clé d’accès
passkey-drop = Supprimer
passkey-full = Vous avez { $most } clés d’accès. Supprimez-en une devenue inutile.
passkey-refused = Cette clé d’accès n’a pas été acceptée. Réessayez, ou utilisez votre mot de passe.
passkey-cannot = Ce navigateur ne crée pas de clés d’accès, ou les scripts sont désactivés. Mot de passe et code fonctionnent sans.

## Sessions
session-title = Où vous êtes connecté
session-lede = Une session se termine après 12 heures, ou après une heure sans demande. Mettez fin à celles qui ne sont pas les vôtres.
session-browser = Navigateur
session-address = Adresse
session-began = Connexion
session-seen = Dernière utilisation
session-this = (celle-ci)
session-end = Y mettre fin
session-end-others = Mettre fin à toutes les autres

## Jetons pour programmes
token-title = Jetons pour programmes
token-lede = Un programme muni d’un jeton lit en votre nom ce que vous cochez ici, et rien de ce qui demande votre confirmation.
token-add = Un nouveau jeton
token-label = À quoi il sert
token-label-hint = Par exemple : rapport de nuit
token-label-wrong = Dites à quoi il sert, en { $most } caractères au plus.
token-days = Expire après
token-scope = Ce qu’il peut faire
token-scope-hint = Ne cochez pas plus que ce dont le programme a besoin.
token-scope-wrong = Cochez au moins une case.
token-issue = Émettre le jeton
token-added = Le jeton « { $label } » est prêt
token-token = Jeton
token-do = Placez-le dans les réglages du programme, qui l’enverra comme « Authorization: Bearer … ». S’il est perdu, révoquez-le et émettez-en un autre.
token-full = Il y a assez de jetons. Révoquez-en un qui n’est plus utile.
token-revoke = Révoquer
token-used = Dernière utilisation
token-never = Jamais
token-none = Aucun programme n’agit en votre nom.

## Comptes des autres
account-sign-out = Déconnecter
account-sign-out-question = Déconnecter { $name } partout ?
account-sign-out-consequence = { $count ->
    [one] { $count } session ouverte se termine aussitôt. Une nouvelle connexion reste possible.
   *[other] { $count } sessions ouvertes se terminent aussitôt. Une nouvelle connexion reste possible.
}
account-reset = Réinitialiser
account-reset-question = Réinitialiser le compte { $name } ?
account-reset-consequence = Pour qui a perdu son mot de passe ou son téléphone. Assurez-vous de l’identité de la personne. Il y aura un nouveau premier mot de passe, sans second facteur, ni session, ni jeton.
account-zone = Fuseau horaire du séjour
account-zone-hint = Pour les invités, par exemple Europe/Brussels ou America/New_York. Laissez les trois champs vides pour les membres de la maison.
account-zone-wrong = Ce fuseau horaire n’existe pas. Écrivez par exemple Europe/Brussels.
account-starts = Premier instant
account-ends = Dernier instant
account-stay-hint = À l’heure de ce fuseau. L’accès se termine à l’heure dite, y compris ce qui est alors ouvert.
account-moment-wrong = Indiquez quand le séjour commence et quand il se termine.
account-ends-wrong = La fin doit suivre le début.
account-stay-long = Un séjour dure deux ans au plus.
account-stay-over = Séjour terminé
role-account-compliance = Conformité
role-account-product-security = Sécurité des produits
role-account-policy = Politique publique
role-account-press = Presse
role-account-observer = Observateur
role-account-guest = Hôte en détachement

## Rôles et droits
access-roles-title = Rôles et droits
access-roles-lede = Ce que chaque rôle permet. Là où c’est indiqué, vous devez confirmer votre identité, sauf si vous l’avez fait depuis moins de { $duration }. Ce que chacun voit dépend en outre du marquage et de l’accord.
access-permission = Droit
access-asks = demande une confirmation
permission-node-overview-read = Voir la vue d’ensemble
permission-node-everything-find = Chercher partout
permission-account-self-manage = Gérer son propre compte
permission-account-notice-read = Voir ses avis et choisir comment être prévenu
permission-account-notice-address = Choisir l’adresse électronique de ses avis
permission-account-notice-webhook = Choisir l’URL où ses avis sont postés
permission-account-factor-change = Changer son second facteur
permission-account-token-issue = Émettre des jetons pour programmes
permission-account-person-manage = Gérer les comptes et les invités
permission-party-card-read = Voir les parties
permission-party-card-trust = Accorder ou retirer la confiance à une partie
permission-party-consumer-manage = Gérer les consommateurs
permission-link-status-read = Voir les liaisons
permission-ledger-record-read = Voir le registre
permission-audit-trail-read = Lire la piste d’audit
permission-audit-trail-export = Exporter la piste d’audit
permission-access-glass-break = Briser la glace en cas d’urgence
permission-release-rule-set = Fixer ce qui exige deux personnes
permission-release-draft-read = Voir ce qui attend une seconde personne
permission-release-draft-approve = Valider comme seconde personne
permission-accord-agreement-read = Lire les accords
permission-accord-agreement-propose = Proposer et modifier des accords
permission-accord-agreement-sign = Signer des accords
permission-accord-agreement-withdraw = Quitter des accords
permission-exchange-object-read = Lire les objets
permission-exchange-object-submit = Importer et publier des objets
permission-exchange-object-retract = Retirer des objets
permission-exchange-object-narrow = Marquer des objets plus strictement
permission-exchange-quarantine-read = Voir la quarantaine
permission-exchange-delivery-read = Voir les livraisons
permission-notify-incident-read = Voir les incidents
permission-notify-incident-open = Ouvrir des incidents
permission-notify-fact-state = Consigner les faits d’un incident
permission-notify-incident-determine = Décider de ce que la loi laisse aux personnes
permission-notify-stage-submit = Consigner ce qui a été transmis aux autorités
permission-notify-report-read = Voir les notifications reçues
permission-notify-report-handle = Traiter les notifications
permission-notify-pledge-endorse = Consigner les engagements à ne pas payer de rançon
permission-notify-method-read = Voir comment les risques sont appréciés, et par qui
permission-notify-method-declare = Indiquer comment cette partie apprécie les risques
permission-notify-report-forward = Transmettre des notifications et alerter
permission-picture-view-read = Voir le tableau de situation
permission-picture-report-publish = Publier le rapport sur la menace
permission-picture-snapshot-sign = Proposer un tableau à une autre partie, et en signer ou refuser un
permission-picture-watch-keep = Tenir la liste de veille
permission-picture-shift-hand-over = Prendre et passer la relève

## Piste d’audit
nav-audit = Piste d’audit
audit-title = Piste d’audit
audit-lede = Qui a vu, exporté et modifié quoi sur cette console. Les lignes figurent dans le registre de cette partie ; les consultations sont regroupées par minute.
audit-who = Qui
audit-deed = Suite donnée
audit-what = Quoi
audit-holds = Droit ou chemin contenant
audit-proof = Preuve
audit-program = (programme)
audit-saw = vu
audit-exported = exporté
audit-did = fait
audit-refused = refusé
audit-failed = sans effet
audit-empty = Aucune ligne ne correspond à ces filtres.

## Briser la glace
glass-title = Briser la glace
glass-lede = En cas d’urgence : pour un temps, vous voyez et faites ce que peut un officier habilité TLP:RED. C’est inscrit d’abord dans le registre, et affiché à tous sur chaque page tant que cela dure.
glass-reason-hint = Vos collègues et les auditeurs la lisent. N’écrivez rien de marqué.
glass-reason-wrong = Dites pourquoi, en 10 à 500 caractères.
glass-minutes = Pour combien de temps
glass-break = Briser la glace
glass-mend = Y mettre fin maintenant
glass-broken = Vous avez brisé la glace.
glass-alarm = { $name } a brisé la glace jusqu’au { $until }.
glass-alarm-why = { $name } a brisé la glace jusqu’au { $until }. Motif : { $reason }

## Validation à deux
nav-release = À valider
release-title = À valider
release-lede = Ce qui attend une seconde personne. Personne à l’extérieur n’en voit rien auparavant.
release-rules = Règles des deux personnes
release-rules-lede = Ce qui exige deux personnes. Une seule fixe une règle ; il en faut deux pour y mettre fin.
release-rules-none = Il n’y a pas de règle : une personne suffit.
release-rules-full = Il y a assez de règles. Mettez fin à une règle devenue inutile.
release-rule-add = Ajouter une règle
release-rule-add-lede = Ce que vous ne cochez pas convient à tout.
release-rule-end = Y mettre fin
release-rule-end-title = Mettre fin à la règle « { $name } »
release-name-hint = Par exemple : rouge vers l’autre rive
release-name-wrong = Donnez-lui un nom de { $most } caractères au plus.
release-act = Acte
release-recipients = Destinataires
release-regimes = Texte dont relève le rapport
release-regimes-hint = Un texte coché limite la règle aux rapports déposés à ce titre.
release-rule = En vertu de la règle
release-by = Demandé par
release-set-by = Fixée par
release-decided-by = Décidé par
release-about = Ce qui est demandé
release-request = Ce qui sera fait, mot pour mot
release-none = Rien n’attend.
release-waiting = En attente
release-approved = Validé, non exécuté
release-done = Exécuté
release-refused = Refusé
release-approve = Valider et exécuter
release-refuse = Refuser
release-take-back = Reprendre
release-same = C’est vous qui l’avez demandé. Une seconde personne doit valider.
release-role = Votre rôle ne permet pas de valider ceci.
release-reason-wrong = Dites pourquoi, en 500 caractères au plus.
