# Le nœud lui-même : vue d’ensemble, connexion, parties, liaisons, consommateurs, registre, comptes.

overview-title = Vue d’ensemble
overview-lede = Ce que ce nœud détient, qui est relié, et ce qui vous attend.
overview-attention = À traiter
overview-attention-none = Rien ne vous attend pour l’instant.
overview-parties-links = Parties et liaisons

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
overview-sign = Un accord attend notre signature

party-contact = Contact
party-link-address = Adresse de la liaison
party-tls = Certificat TLS (SHA-256)
party-decided = Dernière décision de confiance
party-decided-by = Décidé par
party-own-hint = Lisez cette empreinte à la partie qui s’apprête à nous faire confiance.
party-agreements-none = Aucun accord avec cette partie. Proposez-en un en ligne de commande avec « entente accord agreement propose ».

link-since = Connectée depuis

consumer-writes = Peut écrire
consumer-closed = Fermé
consumer-add = Ajoutez-en un en ligne de commande avec « entente party consumer add ».
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

trouble-read-only = Il n’accepte aucune écriture : { $reason }. Libérez de l’espace ou rendez le disque inscriptible ; il reprend de lui-même, et rien de ce qui a été confirmé n’est perdu.
trouble-behind = Les pages ne suivent pas le registre : { $reason }. Ce qui est confirmé est en sûreté ; les pages montrent l’état antérieur.
