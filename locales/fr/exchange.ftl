# Le pilier échange : objets STIX, collections, quarantaine, conflits.

exchange-objects-title = Objets
exchange-objects-lede = Tout ce que ce nœud détient et que vous pouvez voir, de toutes les sources.
exchange-objects-empty = Aucun objet ne correspond. Élargissez les filtres ou importez un lot.
exchange-objects-empty-node = Pas encore d’objets. Importez un lot STIX, ou attendez qu’un partenaire en partage un.
exchange-objects-search = Mots, noms, identifiants, motifs
exchange-filter-type = Type d’objet
exchange-filter-tlp = Marquage
exchange-filter-author = Auteur
exchange-filter-state = État
exchange-filter-since = Reçu depuis
exchange-filter-agreement = Publié au titre de

exchange-object-title = Objet
exchange-object-summary = Résumé
exchange-object-relations = Relations
exchange-object-relations-none = Aucune relation vers ou depuis cet objet n’est connue ici.
exchange-object-sources = Sources
exchange-object-sources-lede = La déclaration de chaque partie sur cet objet ; aucune n’en écrase une autre.
exchange-object-versions = Versions
exchange-object-document = Document, octet pour octet tel que reçu
exchange-object-findings = Constats
exchange-object-findings-none = Aucun constat : le document est conforme à STIX 2.1.
exchange-object-delivery = Qui l’a reçu, et pourquoi pas
exchange-object-delivery-none = Personne ne l’a encore demandé.
exchange-object-confidence = Confiance
exchange-object-labels = Étiquettes
exchange-object-valid-from = Valable à partir du
exchange-object-valid-until = Valable jusqu’au
exchange-object-pattern = Motif
exchange-object-pattern-type = Langage du motif
exchange-object-first-seen = Vu pour la première fois
exchange-object-last-seen = Vu pour la dernière fois
exchange-object-aliases = Alias
exchange-object-creator = Créé par
exchange-object-external = Références externes
exchange-object-under = Publié au titre de
exchange-object-position = Position dans le registre
exchange-object-record = Enregistrement
exchange-object-graph = Autour de cet objet
exchange-object-unknown = Cet objet n’existe pas ici, ou vous ne pouvez pas le voir.

exchange-publish-title = Qui le recevrait
exchange-publish-lede = Un essai à blanc du verdict. Rien n’a été envoyé.
exchange-publish-would = { $count ->
    [0] Personne ne le recevrait
    [one] { $count } destinataire le recevrait
   *[other] { $count } destinataires le recevraient
}

exchange-delivery-receiver = Destinataire
exchange-delivery-gate = Porte
exchange-delivery-sent = Envoyé { $time }
exchange-retraction-title = Rétracter
exchange-retraction-lede = Tous ceux qui l’ont eu sont priés de le retirer ; leurs accusés figurent ici.
exchange-retraction-receipts = Accusés de la rétractation

exchange-collections-title = Collections
exchange-collections-lede = Ce que les clients TAXII peuvent lire et écrire ici, une racine d’API par accord.
exchange-collection-url = Adresse TAXII
exchange-collection-read = Lecture
exchange-collection-write = Écriture
exchange-collection-objects = Objets
exchange-collections-empty = Aucun accord en vigueur ne vous ouvre de collection.

exchange-quarantine-title = Quarantaine
exchange-quarantine-lede = Documents mis de côté parce qu’ils enfreignent une règle. Ils sont conservés tels que reçus et jamais retransmis.
exchange-quarantine-empty = La quarantaine est vide.
exchange-quarantine-finding = Ce qui ne va pas
exchange-quarantine-pointer = Où
exchange-quarantine-clause = Règle
exchange-conflicts-title = Conflits
exchange-conflicts-lede = Même objet, même version, contenu différent : le premier est conservé, les autres figurent ici.
exchange-conflicts-empty = Aucun conflit.

exchange-import-title = Importer
exchange-import-file = Lot STIX, enveloppe TAXII ou un objet par ligne
exchange-import-under = Publier au titre de
exchange-import-marking = Marquage lorsque le document n’en porte pas
exchange-import-done = { $count ->
    [0] Rien de nouveau : tous les objets étaient déjà là
    [one] { $count } objet importé
   *[other] { $count } objets importés
}
exchange-import-refused = { $count ->
    [one] { $count } objet mis de côté
   *[other] { $count } objets mis de côté
}

exchange-overview-objects = Objets
exchange-overview-received = Reçus aujourd’hui
exchange-overview-shared = Partagés aujourd’hui
exchange-overview-withheld = Retenus
exchange-overview-by-tlp = Objets par marquage
exchange-overview-by-type = Objets par type
exchange-overview-latest = Dernières arrivées
exchange-overview-activity = Arrivées par heure

# Types STIX 2.1
stix-type-attack-pattern = Mode d’attaque
stix-type-campaign = Campagne
stix-type-course-of-action = Mesure
stix-type-grouping = Regroupement
stix-type-identity = Identité
stix-type-incident = Incident
stix-type-indicator = Indicateur
stix-type-infrastructure = Infrastructure
stix-type-intrusion-set = Mode opératoire
stix-type-location = Lieu
stix-type-malware = Logiciel malveillant
stix-type-malware-analysis = Analyse de logiciel malveillant
stix-type-note = Note
stix-type-observed-data = Données observées
stix-type-opinion = Avis
stix-type-report = Rapport
stix-type-threat-actor = Acteur de la menace
stix-type-tool = Outil
stix-type-vulnerability = Vulnérabilité
stix-type-relationship = Relation
stix-type-sighting = Observation
stix-type-marking-definition = Définition de marquage
stix-type-language-content = Contenu linguistique
stix-type-extension-definition = Définition d’extension
stix-type-artifact = Artefact
stix-type-autonomous-system = Système autonome
stix-type-directory = Répertoire
stix-type-domain-name = Nom de domaine
stix-type-email-addr = Adresse électronique
stix-type-email-message = Courriel
stix-type-file = Fichier
stix-type-ipv4-addr = Adresse IPv4
stix-type-ipv6-addr = Adresse IPv6
stix-type-mac-addr = Adresse MAC
stix-type-mutex = Mutex
stix-type-network-traffic = Trafic réseau
stix-type-process = Processus
stix-type-software = Logiciel
stix-type-url = URL
stix-type-user-account = Compte utilisateur
stix-type-windows-registry-key = Clé de registre Windows
stix-type-x509-certificate = Certificat X.509

# Genres d’enregistrement
record-kind-party-card-v1 = Fiche de partie
record-kind-party-rotation-v1 = Renouvellement de clé
record-kind-party-trust-v1 = Décision de confiance
record-kind-party-consumer-v1 = Consommateur
record-kind-party-group-v1 = Groupe
record-kind-accord-proposal-v1 = Accord proposé
record-kind-accord-signature-v1 = Signature
record-kind-accord-withdrawal-v1 = Dénonciation
record-kind-exchange-object-v1 = Objet STIX
record-kind-exchange-retraction-v1 = Rétractation
record-kind-exchange-receipt-v1 = Accusé de réception
record-kind-exchange-delivery-v1 = Remise
record-kind-exchange-quarantine-v1 = Document en quarantaine
record-kind-ledger-erasure-v1 = Effacement
record-kind-link-equivocation-v1 = Preuve de deux histoires
