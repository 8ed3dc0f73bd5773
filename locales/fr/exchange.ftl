# Le pilier échange : objets STIX, collections, quarantaine, conflits.

exchange-objects-title = Objets
exchange-objects-lede = Tout ce que ce nœud détient et que vous pouvez voir, de toutes les sources.
exchange-objects-empty = Aucun objet ne correspond. Élargissez les filtres ou importez un lot.
exchange-objects-empty-node = Pas encore d’objets. Importez un lot STIX, ou attendez qu’un partenaire en partage un.
exchange-objects-search = Mots ou identifiants
exchange-filter-type = Type d’objet
exchange-filter-tlp = Marquage
exchange-filter-author = Auteur
exchange-filter-state = État
exchange-filter-since = Reçu depuis
exchange-filter-agreement = Publié au titre de

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
exchange-object-under = Publié au titre de
exchange-object-position = Position dans le registre
exchange-object-record = Enregistrement
exchange-object-graph = Autour de cet objet

exchange-publish-title = Qui le recevrait
exchange-publish-lede = Un essai à blanc du verdict. Rien n’a été envoyé.
exchange-publish-would = { $count ->
    [0] Personne ne le recevrait
    [one] { $count } destinataire le recevrait
   *[other] { $count } destinataires le recevraient
}

exchange-delivery-receiver = Destinataire
exchange-delivery-gate = Porte
exchange-retraction-lede = Tous ceux qui l’ont eu sont priés de le retirer ; leurs accusés figurent ici.
exchange-retraction-receipts = Qui a été prié, et qui a confirmé

exchange-quarantine-title = Quarantaine
exchange-quarantine-lede = Documents mis de côté parce qu’ils enfreignent une règle. Ils sont conservés tels que reçus et jamais retransmis.
exchange-quarantine-empty = La quarantaine est vide.
exchange-quarantine-finding = Ce qui ne va pas
exchange-conflicts-title = Conflits

exchange-import-title = Importer
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
exchange-overview-day = Arrivés en 24 heures
exchange-overview-by-tlp = Objets par marquage
exchange-overview-by-type = Objets par type
exchange-overview-activity = Arrivées par heure

## La liste et un objet
exchange-objects-reach = { $reached } sur { $peers }
exchange-objects-received-by = Parties qui l’ont
exchange-objects-behind = La recherche a indexé { $done } entrées sur { $total } ; les objets plus récents sont dans la liste, pas encore dans la recherche.
exchange-objects-next = { $count } sur cette page, du plus récent au plus ancien
exchange-state-any = Tous
exchange-state-goes-out = Communiqué à quelqu’un
exchange-state-stays = Communiqué à personne
exchange-fate-author = En est l’auteur
exchange-fate-released = Communicable, pas encore retiré
exchange-fate-not-ours = Non retransmis
exchange-fate-not-ours-why = Déclaration d’une autre partie : son propre nœud l’envoie, celui-ci ne la sert qu’aux consommateurs.
exchange-fate-what = Ce qui s’est passé
exchange-origin = D’où vient le marquage
exchange-origin-document = Le document le porte
exchange-origin-gate = Donné à l’arrivée du document
exchange-origin-narrowed = Resserré ensuite par l’auteur
exchange-origin-nowhere = Il n’y en a pas, donc personne au-dehors ne le reçoit
exchange-object-bytes = Octets
exchange-object-bytes-same = identiques à ceux affichés
exchange-object-bytes-differ = différents
exchange-object-shown = Affiché ci-dessous
exchange-object-named = Destinataires nommés seulement
exchange-object-retracted = Rétracté : son auteur l’a repris
exchange-source-link = Par la liaison de son auteur
exchange-source-hidden = Arrivé par une porte que votre habilitation ne montre pas
exchange-source-brought = { $gate }, de { $source }

## Remises
exchange-deliveries-title = Remises
exchange-deliveries-lede = Ce qui est entré, par quelle porte, et ce qu’il en est advenu.
exchange-deliveries-empty = Rien n’est encore entré que votre habilitation montre. Importez un lot, ou donnez un jeton à un consommateur.
exchange-deliveries-offered = Proposés
exchange-deliveries-accepted = Nouveaux
exchange-deliveries-known = Déjà détenus
exchange-deliveries-refused = Mis de côté

## Reprendre
exchange-retract-question = Rétracter cet objet ?
exchange-retract-consequence = Il quitte aussitôt toutes les listes et collections d’ici. Chaque partie aux accords sous lesquels il a été publié est priée de le retirer, et le confirme par un accusé.
exchange-retract-verb = Rétracter
exchange-narrow-question = Resserrer le marquage de cet objet ?
exchange-narrow-consequence = Chaque version compte désormais comme marquée du label plus strict, ici et chez chaque partie qui la détient. Un marquage ne s’élargit jamais.
exchange-narrow-verb = Resserrer
exchange-narrow-to = Nouveau marquage
exchange-retraction-narrowed = Resserré
exchange-retraction-deleted = Rétracté
exchange-retraction-versions = Versions concernées
exchange-retraction-receipts-none = Personne d’autre n’avait à être prié.
exchange-retraction-asked = Demandé
exchange-retraction-delivered = Remis
exchange-retraction-confirmed = Confirmé
exchange-retraction-asked-at = Demandé
exchange-retraction-delivered-at = Remis
exchange-retraction-confirmed-at = Accusé reçu

## Import
exchange-import-lede = Collez un document, voyez qui recevrait quoi et pourquoi pas, puis publiez.
exchange-import-document = Document
exchange-import-document-hint = Un lot STIX, une enveloppe TAXII, ou un objet par ligne ; au plus 1 Mo avec l’encodage. Fichiers plus gros : entente exchange import
exchange-import-to = Destinataires nommés des objets TLP:RED
exchange-import-no-agreement = Aucun accord : le garder dans notre organisation
exchange-import-no-marking = Aucun : les objets sans marquage ne sont pas communiqués
exchange-import-dry-run = Voir qui le recevrait
exchange-import-publish = Publier
exchange-import-counts = { $good } objets sur { $total } peuvent être publiés
exchange-import-objects = Objets du document
exchange-import-problem = Problème
exchange-import-would-get = Recevrait
exchange-import-stays = Retenu parce que
exchange-import-nothing = Le document ne contient aucun objet lisible.
exchange-import-again = Modifier

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
record-kind-notify-incident-v1 = Incident
record-kind-notify-evidence-v1 = Fichier établissant un dépôt
record-kind-notify-mailbox-v1 = Adresse électronique d’un destinataire de rapports
record-kind-notify-mailing-v1 = Étape d’un rapport par courrier électronique
record-kind-notify-fact-v1 = Fait d’un incident
record-kind-notify-determination-v1 = Décision sur un incident
record-kind-notify-submission-v1 = Transmission
record-kind-notify-report-v1 = Notification reçue
record-kind-notify-handling-v1 = Suite donnée à une notification
record-kind-notify-cause-v1 = Cause commune
record-kind-notify-forward-v1 = Notification transmise
record-kind-notify-pledge-v1 = Engagement à ne pas payer de rançon
record-kind-notify-pack-v1 = Texte de loi en usage
record-kind-notify-screening-v1 = Recherche dans une liste de sanctions
record-kind-notify-obligation-v1 = Changement d’obligations
record-kind-notify-assignment-v1 = Personne chargée d’un incident
record-kind-notify-reminder-v1 = Rappel d’une obligation
record-kind-notify-practice-v1 = Pratique d’appréciation des risques
record-kind-notify-warning-v1 = Alerte précoce entre parties
record-kind-notify-filing-v1 = Notification adressée
record-kind-notify-message-v1 = Message sur une notification
record-kind-desk-audit-v1 = Piste d’audit
record-kind-release-rule-v1 = Règle des deux personnes
record-kind-release-draft-v1 = Diffusion en attente
record-kind-release-decision-v1 = Décision sur une diffusion en attente
record-kind-picture-publication-v1 = Publication d’un rapport
record-kind-picture-snapshot-v1 = Tableau commun
record-kind-picture-cosign-v1 = Réponse à un tableau commun
record-kind-notice-receipt-v1 = Sort d’un avis
record-kind-picture-watch-v1 = Technologie suivie
record-kind-picture-handover-v1 = Relève d’équipe
record-kind-ledger-erasure-v1 = Effacement
record-kind-link-equivocation-v1 = Preuve de deux histoires
## Sur la vue d’ensemble
exchange-since-title = Objets arrivés
exchange-since-count = { $count ->
    [one] Un objet est arrivé
   *[other] { $count } objets sont arrivés
}
exchange-since-none = Aucun objet n’est arrivé.
exchange-newest-title = Objets les plus récents
exchange-newest-all = Tous les objets
exchange-outflow-title = Ce qui sort de chez nous, et ce qui reste
exchange-outflow-all = Objets qui restent ici
exchange-outflow-line = { $goes } libérés, { $stays } retenus
exchange-due-quarantine = { $count ->
    [one] { $count } document mis à l’écart
   *[other] { $count } documents mis à l’écart
}
exchange-due-quarantine-more = Plus de { $count } documents mis à l’écart
exchange-due-quarantine-do = Ouvrir la quarantaine
exchange-due-refused = { $count ->
    [one] { $party } a refusé { $count } de nos enregistrements
   *[other] { $party } a refusé { $count } de nos enregistrements
}
exchange-due-refused-do = Voir la liaison
exchange-import-file = Un fichier
exchange-import-file-hint = Un paquet, un tableau, ou un objet par ligne, jusqu’à 8 Mo. Au-delà, utilisez « entente exchange import ».
exchange-flow-direction = Sens
exchange-flow-in = Reçu
exchange-flow-out = Émis
exchange-narrowed = Filtres actifs
exchange-narrowed-drop = Sans le filtre { $what }
