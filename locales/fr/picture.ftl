# La situation : tendances, relève, matrice, carte, sujets et panorama des menaces.

nav-picture = Situation
picture-trends-title = Tendances
picture-trends-lede = Ce qui est nouveau, monte ou faiblit, compté d’après ce qui a réellement été partagé et que vous pouvez lire.
picture-trends-empty = Personne n’en a parlé pendant cette période ni la précédente, pour autant que vous puissiez le lire.
picture-handover-title = Relève
picture-handover-open = Prendre la relève
picture-handover-do = Prise d’acte
picture-handover-note = Pour la relève suivante
picture-handover-note-hint = Ce qu’il faut savoir, qui appeler. Facultatif ; marqué { $tlp }, comme ce que vous pouvez voir.
picture-handover-long = 4 000 caractères au plus.
picture-handover-stale = Le formulaire ne dit pas jusqu’à quand vous avez tout vu ; rechargez la page.
picture-handover-acknowledge = J’en ai pris connaissance
picture-handover-record = Votre prise d’acte devient un enregistrement : vous avez vu ce qui est arrivé avant le { $upto }.
picture-handover-left = { $by } a laissé une note
picture-since-title = Depuis votre départ
picture-since = Depuis votre dernière prise d’acte,
picture-since-day = Vous n’avez encore rien acté ; voici une journée, à partir du
picture-since-none = Rien de nouveau.
picture-since-things = Ce qui est nouveau ou a changé
picture-since-more = Seuls les { $count } plus récents figurent ici.
picture-since-others = Et { $count } de plus.
picture-since-events = Ce qui a été déclaré par ailleurs
picture-since-notes = { $count ->
    [one] Une note vous attend
   *[other] { $count } notes vous attendent
}
picture-active-title = Campagnes et incidents en cours
picture-active-all = Tout voir
picture-active-none = Aucune campagne ni aucun incident n’a été évoqué ces quatre dernières semaines.
picture-exploited-title = Vulnérabilités exploitées
picture-exploited-none = Personne ne signale de vulnérabilité exploitée.
picture-exploited-by = Exploitée par
picture-exploited-where = Observée chez, ou présente dans
picture-exploited-ours = Déclarée par nous
picture-at = À la fin du
picture-period = Période
picture-period-7 = 7 jours
picture-period-28 = 4 semaines
picture-period-91 = 13 semaines
picture-period-364 = 52 semaines
picture-topic-actors = Acteurs
picture-topic-campaigns = Campagnes et incidents
picture-topic-malware = Maliciels et outils
picture-topic-techniques = Techniques
picture-topic-vulnerabilities = Vulnérabilités
picture-topic-sectors = Secteurs
picture-topic-countries = Pays et régions
picture-move = Évolution
picture-move-new = Nouveau
picture-move-back = De retour
picture-move-rising = En hausse
picture-move-steady = Stable
picture-move-fading = En recul
picture-course = Courbe
picture-now = Période
picture-before = Avant
picture-by = Déclaré par
picture-last = Dernière fois
picture-spoken-of = Évoqué { $now } fois pendant la période, { $before } fois pendant la précédente
picture-trend-all = { $topic } : nombre de mentions
picture-cut = Seuls les { $count } plus fréquents figurent ici.
picture-unnamed = { $kind }, non communiqué à votre niveau ou absent d’ici
picture-method-title = Comment ceci est calculé
picture-method-count = Une chose compte une fois pour chaque objet déclaré à son sujet : la chose elle-même, une relation qui la nomme, son observation, un rapport qui y renvoie. Un secteur ou un pays compte quand quelqu’un déclare que l’un des siens a été visé ou que quelque chose y a été observé.
picture-method-day = Le jour est celui de la déclaration par son auteur, jamais postérieur à l’arrivée ici ; les jours sont en UTC.
picture-method-move = La période est comparée à la précédente, de même durée. Nouveau : jamais évoqué auparavant. De retour : absent de la période précédente. En hausse : au moins { $enough } fois et deux fois plus qu’avant. En recul : l’inverse.
picture-then = À cet instant : compté à nouveau d’après ce qui était arrivé ici à ce moment, sous les noms que les choses portaient alors, y compris ce qui a été révoqué depuis. Ce qui a été retiré ou effacé depuis n’y figure pas. Les droits et les noms des parties sont ceux d’aujourd’hui.
picture-method-sight = Seul ce que vous pouvez lire est compté ; une autre personne peut voir d’autres chiffres.
picture-matrix-title = Matrice ATT&CK
picture-matrix-lede = Les techniques réellement partagées, sous les tactiques que les objets eux-mêmes nomment.
picture-matrix-empty = Aucune technique n’a été évoquée, pour ce choix et votre habilitation.
picture-matrix-unplaced = { $count ->
    [one] Une technique n’est pas montrée : aucun objet que vous pouvez lire ne la place sous une tactique.
   *[other] { $count } techniques ne sont pas montrées : aucun objet que vous pouvez lire ne les place sous une tactique.
}
picture-matrix-everybody = Tous
picture-matrix-before = La période précédente
picture-matrix-beside = En regard
picture-matrix-of = Matrice de { $chain }
picture-matrix-technique = Technique
picture-matrix-tactic = Tactique
picture-map-title = Carte
picture-map-lede = Où et qui a été touché, selon la rive de l’Atlantique qui le déclare.
picture-map-empty = Personne ne déclare de lieu ni de secteur touché pendant cette période, pour autant que vous puissiez le lire.
picture-map-steps = Pas dans le temps
picture-map-earlier = Plus tôt
picture-map-later = Plus tard
picture-map-place = Pays ou région
picture-map-sector = Secteur
picture-map-eu = Côté UE
picture-map-us = Côté États-Unis
picture-map-others = Autres
picture-map-nis2 = NIS2 :
picture-map-cisa = États-Unis :
picture-map-by = Touché par
picture-subject-object = L’objet lui-même
picture-subject-is = Ce que c’est, et selon qui
picture-subject-course = Nombre de mentions en 52 semaines
picture-subject-graph = Ce qui le relie au reste
picture-subject-graph-of = { $name } et ce à quoi cela se rattache
picture-subject-ties = À quoi cela se rattache, et selon qui
picture-subject-others-only = non déclaré par nous
picture-subject-alone = Rien de ce que vous pouvez lire ne le rattache à quoi que ce soit.
picture-subject-timeline = Chronologie
picture-subject-stated = déclare
picture-relation-object = renvoie à
picture-relation-sighted = observé chez
picture-hit-title = Secteurs touchés en sept jours, et par qui
picture-told-title = Ce que chaque partie nous a dit, et pourquoi pas davantage
picture-told-all = Nous a dit
picture-told-alone = Seule à le dire
picture-told-terms = Ce qui nous parvient par accord
picture-told-everything = tout
picture-told-objects = tous les objets
picture-told-up-to = jusqu’à
picture-told-none = Aucun accord en vigueur que vous puissiez lire ne nous transmet rien de tel.
picture-told-withheld = Retenu envers nous, quel qu’en soit le sujet
picture-told-rest = Ce qu’une partie retient ne nous parvient que sous forme d’empreinte, qui ne révèle ni le sujet ni la nature : personne ici ne peut savoir s’il s’y trouve quelque chose sur ce sujet. Ce qui est ici et dépasse votre habilitation n’est pas compté non plus sur cette page.
picture-report-title = Panorama des menaces
picture-audience = Destinataires
picture-audience-organisation = Notre organisation
picture-audience-parties = Les parties à { $name }
picture-audience-community = La communauté de { $name }
picture-audience-public = Le public, au titre de { $name }
picture-report-by = établi par { $party }
picture-report-summary = En bref
picture-report-most = { $topic }, en tête : { $names }.
picture-report-most-new = { $topic }, en tête, sans précédent : { $names }.
picture-report-new = { $topic }, sans précédent : { $names }.
picture-report-rising = { $topic }, en hausse : { $names }.
picture-report-nothing = Rien de communicable à ces destinataires n’a été déclaré pendant la période.
picture-report-none = Rien à signaler.
picture-report-sources = Sources et lacunes
picture-report-statements = Déclarations pendant la période
picture-report-left-out = Seul est compté ce que tous les destinataires peuvent recevoir ; le reste n’est ni compté ni nommé.
picture-report-silent = Rien de : { $parties }.
picture-report-method = Chaque chiffre est tiré de déclarations que la politique de diffusion permet de transmettre à tous les destinataires à cet instant. Le marquage est le plus strict des leurs. Avant affichage, le texte est fouillé dans les deux langues à la recherche de noms qui ne figurent que dans ce qui a été écarté.
picture-report-leak = Le panorama n’est pas montré : il dirait « { $word } »
picture-report-leak-do = Ce nom ne figure que dans une entrée que ces destinataires ne peuvent pas recevoir :

# Secteurs de STIX 2.1 (industry-sector-ov)
sector-aerospace = Aérospatiale
sector-agriculture = Agriculture
sector-automotive = Automobile
sector-chemical = Chimie
sector-commercial = Services commerciaux
sector-communications = Communications
sector-construction = Construction
sector-dams = Barrages
sector-defense = Défense
sector-education = Éducation
sector-emergency-services = Services d’urgence
sector-energy = Énergie
sector-entertainment = Divertissement
sector-financial-services = Services financiers
sector-government = Administrations
sector-government-local = Administration locale
sector-government-national = Administration nationale
sector-government-public-services = Services publics
sector-government-regional = Administration régionale
sector-healthcare = Santé
sector-hospitality-leisure = Hôtellerie et loisirs
sector-infrastructure = Infrastructures
sector-insurance = Assurances
sector-manufacturing = Industrie manufacturière
sector-mining = Mines
sector-non-profit = Secteur associatif
sector-nuclear = Nucléaire
sector-pharmaceuticals = Pharmacie
sector-retail = Commerce de détail
sector-space = Espace
sector-technology = Technologies
sector-telecommunications = Télécommunications
sector-transportation = Transports
sector-utilities = Services collectifs
sector-water = Eau

# Régions de STIX 2.1 (region-ov)
region-africa = Afrique
region-americas = Amériques
region-antarctica = Antarctique
region-asia = Asie
region-australia-new-zealand = Australie et Nouvelle-Zélande
region-caribbean = Caraïbes
region-central-america = Amérique centrale
region-central-asia = Asie centrale
region-eastern-africa = Afrique de l’Est
region-eastern-asia = Asie de l’Est
region-eastern-europe = Europe de l’Est
region-europe = Europe
region-latin-america-caribbean = Amérique latine et Caraïbes
region-melanesia = Mélanésie
region-micronesia = Micronésie
region-middle-africa = Afrique centrale
region-northern-africa = Afrique du Nord
region-northern-america = Amérique du Nord
region-northern-europe = Europe du Nord
region-oceania = Océanie
region-polynesia = Polynésie
region-south-america = Amérique du Sud
region-south-eastern-asia = Asie du Sud-Est
region-southern-africa = Afrique australe
region-southern-asia = Asie du Sud
region-southern-europe = Europe du Sud
region-western-africa = Afrique de l’Ouest
region-western-asia = Asie occidentale
region-western-europe = Europe de l’Ouest

# Secteurs de NIS2 (annexes I et II) et les seize des États-Unis
nis2-chemicals = Produits chimiques
nis2-digital = Infrastructure numérique
nis2-energy = Énergie
nis2-finance = Banque et infrastructures des marchés financiers
nis2-food = Denrées alimentaires
nis2-health = Santé
nis2-ict-services = Gestion des services TIC
nis2-manufacturing = Fabrication
nis2-none = non visé
nis2-public-administration = Administration publique
nis2-space = Espace
nis2-transport = Transports
nis2-water = Eau potable et eaux usées
cisa-chemical = Chimie
cisa-commercial-facilities = Installations commerciales
cisa-communications = Communications
cisa-critical-manufacturing = Industrie critique
cisa-dams = Barrages
cisa-defense-industrial-base = Base industrielle de défense
cisa-emergency-services = Services d’urgence
cisa-energy = Énergie
cisa-financial-services = Services financiers
cisa-food-agriculture = Alimentation et agriculture
cisa-government = Services et sites publics
cisa-healthcare = Soins et santé publique
cisa-information-technology = Technologies de l’information
cisa-none = aucun des seize
cisa-nuclear = Réacteurs, matières et déchets nucléaires
cisa-transportation = Systèmes de transport
cisa-water = Eau et eaux usées

# Le curseur de la carte
picture-map-slide = Période se terminant le
picture-map-slide-now = Maintenant

# Tableaux communs
snapshot-title = Tableaux communs
snapshot-lede = Un tableau que deux parties signent, chiffre par chiffre, avec les enregistrements sur lesquels chacun repose.
snapshot-none = Aucun pour l’instant.
snapshot-until = Compté
snapshot-by = Proposé par
snapshot-with = Proposé à
snapshot-claims = Chiffres
snapshot-topic = Sujet
snapshot-state-joint = Signé par les deux
snapshot-state-declined = Refusé
snapshot-state-asked = Modification demandée
snapshot-state-ours = À nous de répondre
snapshot-state-theirs = À l’autre de répondre
snapshot-propose = Proposer un tableau
snapshot-propose-lede = Il est compté à partir de ce qui peut être transmis à l’autre partie, et de rien d’autre. Le proposer le signe pour cette partie ; l’autre le compare au sien.
snapshot-nobody = Aucun accord avec une autre partie n’est en vigueur : il n’y a personne à qui proposer un tableau.
snapshot-to = À qui, et au titre de quel accord
snapshot-note = Un mot à leur intention
snapshot-signatory = Signataire
snapshot-signatory-hint = Nom et fonction.
snapshot-choose = Choisissez à qui, au titre d’un accord en vigueur.
snapshot-choose-word = Choisissez la réponse.
snapshot-one = Tableau du { $at }
snapshot-take = Prendre le document signé
snapshot-about = Ce qui est proposé
snapshot-signed = Signé
snapshot-covers-picture = la signature ne couvre que le tableau, non le nom, le motif ni les écarts qui l’accompagnent
snapshot-unsigned = Non signé
snapshot-days = { $days } jours jusqu’au { $until }
snapshot-rests = { $claims } chiffres, reposant sur { $records } mentions dans des enregistrements
snapshot-hash = SHA-256 de ce qui est signé
snapshot-record = Enregistrement
snapshot-replaces = Il remplace un tableau antérieur
snapshot-differences = Les deux tableaux
snapshot-now-lede = À côté de ce qui a été proposé figure ce qui le serait aujourd’hui, d’après ce qui peut leur être transmis maintenant.
snapshot-compare-lede = À côté de ce qui est proposé figure le même compte fait ici, de ce qui peut leur être transmis.
snapshot-differing = { $count ->
    [0] Aucun chiffre ne diffère.
    [one] Un chiffre diffère.
   *[other] { $count } chiffres diffèrent.
  }
snapshot-theirs = { $party }
snapshot-ours = Le nôtre
snapshot-put = Proposé
snapshot-why = Identique, ou pourquoi non
snapshot-origin = Enregistrements
snapshot-same = Identique
snapshot-differs = Diffère
snapshot-why-withheld = Des enregistrements ne nous ont pas été communiqués ; leurs empreintes sont ici.
snapshot-why-not-received = Des enregistrements ne sont pas arrivés ici.
snapshot-why-otherwise = Des enregistrements sont ici mais valent autrement : restreints, retirés, remplacés ou pas pour eux.
snapshot-why-not-sent = Des enregistrements de notre part ne leur sont pas encore parvenus.
snapshot-why-not-counted = Des enregistrements comptés ici ne figurent pas dans leur compte.
snapshot-said-signed = { $party } a signé et compte autrement
snapshot-said-declined = { $party } a refusé
snapshot-said-asked = { $party } demande une modification
snapshot-answer = Répondre
snapshot-answer-lede = Les différences ci-dessus accompagnent la réponse. Signer signifie que ce tableau est aussi le nôtre ; les différences y restent attachées.
snapshot-word = Notre réponse
snapshot-do-sign = Le signer
snapshot-do-ask = Demander une modification
snapshot-do-decline = Refuser
snapshot-reason = Motif
snapshot-reason-hint = Nécessaire sauf en cas de signature.

# L’espace
cisa-space = à côté des seize : systèmes spatiaux (Space Policy Directive 5)
space-title = L’espace et ce qui en dépend
space-count = { $count ->
    [0] Personne n’a signalé dans cette période que le secteur ait été touché.
    [one] Le secteur a été touché une fois dans cette période.
   *[other] Le secteur a été touché { $count } fois dans cette période.
  }
space-ground = Sont comptés les exploitants du segment terrestre et de ce qui vole : stations, centres de contrôle et leurs fournisseurs.
space-service = Depuis l’espace
space-hit = Secteurs dépendants touchés
space-calm = Secteurs dépendants non touchés
space-timing = Heure de la navigation par satellite (GNSS)
space-position = Position de la navigation par satellite (GNSS)
space-link = Communication par satellite
space-observation = Observation de la Terre
space-source = Secteur : directive (UE) 2022/2555, annexe I, nº 11 (infrastructures terrestres) ; Space Policy Directive 5 du 4 septembre 2020. Dépendance au positionnement, à la navigation et à la synchronisation : décret présidentiel 13905 du 12 février 2020. Le lien entre secteurs et services est notre lecture de ces textes.

# Publier un rapport
publish-title = Publication
publish-figures = Chiffres portant sur plus que ce qui peut être transmis
publish-method = Comptés à partir de tout ce que ses auteurs laissent transmettre, sur au moins { $contributors } parties. Un chiffre change au plus toutes les { $hours } heures, sauf si autant de parties ont modifié leur part.
publish-fewer = moins de { $than }
publish-none = Aucun chiffre ne porte sur assez de parties.
publish-last = Publié en dernier pour { $days } jours par { $by },
publish-never = Pas encore publié.
publish-rests = Une autre période est sortie pour une partie des mêmes lecteurs. Celle-ci pourra être publiée à partir du { $until } : deux durées à la suite révéleraient des parties isolées.
publish-do = Publier
publish-do-lede = La publication consigne les chiffres qui sortent, afin que les suivants ne trahissent personne. Imprimez ou enregistrez ensuite la page.
publish-preview = Voir ce qui sortirait
publish-preview-title = Ce qui sortirait
publish-goes-out = Chiffres qui sortent
publish-stays = Chiffres supprimés
publish-empty = Aucun.
publish-counted = Compté ici
publish-parties = Parties comprises
publish-seen = Le public visé voit
publish-why = Pourquoi
publish-nothing = rien
publish-as-counted = Tel que compté.
publish-kept-why = Tel qu’il est sorti auparavant : { $changed } des { $enough } parties requises ont changé leur part en { $hours } heures ; l’écart les trahirait.
publish-fewer-why = Les comptes inférieurs à { $than } ne sont pas donnés.
publish-withheld-why = Seulement { $parties } des { $enough } parties requises y figurent.
publish-inside = Seul un rapport destiné à un public extérieur à l’organisation est publié.
publish-leak = Le rapport dirait ce qui a été écarté. Rien n’a été publié ; la page nomme l’entrée.
## The watch-list
picture-watch-title = Liste de veille
picture-watch-lede = Les technologies émergentes qui pourraient compter : qui suit chacune, sur quoi repose l’appréciation, et quand elle sera réexaminée.
picture-watch-add = Suivre une technologie
picture-watch-watched = Suivies
picture-watch-retired = Plus suivies
picture-watch-none = Aucune technologie n’est suivie.
picture-watch-overdue-count = { $count ->
    [one] { $count } réexamen est en retard
   *[other] { $count } réexamens sont en retard
}
picture-watch-overdue = en retard
picture-watch-is-retired = N’est plus suivie
picture-watch-technology = Technologie
picture-watch-review = Prochain réexamen
picture-watch-horizon = Horizon
picture-watch-maturity = Maturité
picture-watch-sources = Sources
picture-watch-owner = Responsable
picture-watch-owner-hint = Le compte qui est prévenu lorsqu’un réexamen est en retard.
picture-watch-open = ouvert
picture-watch-from-on = à partir de { $from }
picture-watch-until = jusqu’à { $until }
picture-watch-research = Recherche
picture-watch-shown = Faisabilité démontrée
picture-watch-early = Premiers utilisateurs
picture-watch-spreading = En diffusion
picture-watch-common = Courante
picture-watch-low = Faible
picture-watch-moderate = Modérée
picture-watch-high = Élevée
picture-watch-why = Pourquoi elle est suivie
picture-watch-why-hint = Ce qu’elle peut nous faire, ou nous apporter.
picture-watch-language = Langue de ce texte
picture-watch-from = Devrait compter à partir de
picture-watch-to = Jusqu’à
picture-watch-horizon-hint = Une année, un mois ou un jour : 2030, 2030-06 ou 2030-06-15. Laissez vide si personne ne s’avance.
picture-watch-horizon-wrong = Écrivez une année, un mois ou un jour : 2030, 2030-06 ou 2030-06-15.
picture-watch-backwards = Cette date précède le début.
picture-watch-day-hint = Année, mois, jour : 2027-03-31
picture-watch-day-wrong = Écrivez un jour tel que 2027-03-31.
picture-watch-past = Choisissez un jour à venir.
picture-watch-future = Ce jour n’est pas encore venu.
picture-watch-under = Partagée au titre de
picture-watch-under-none = Avec personne : elle reste ici
picture-watch-under-hint = Elle parvient alors aux parties à cet accord, dans la limite de son marquage.
picture-watch-empty = Ce champ doit dire quelque chose.
picture-watch-long = Dites-le en moins de mots.
picture-watch-nobody = Aucun compte de ce nom n’existe ici.
picture-watch-full = Le nombre maximal de sources est atteint. Ouvrez une nouvelle entrée.
picture-watch-moved = Une autre personne a modifié cette entrée entre-temps. Rechargez-la et voyez ce qui a changé.
picture-watch-edit = Modifier
picture-watch-evidence-add = Ajouter une source
picture-watch-evidence-lede = La nouvelle version porte { $tlp }, comme l’entrée. Une source plus stricte demande une entrée plus stricte.
picture-watch-no-sources = Pas encore de source.
picture-watch-says = Ce qu’elle dit
picture-watch-link = Où
picture-watch-link-hint = Une URL en https, ou l’identifiant d’un enregistrement du registre.
picture-watch-link-wrong = Écrivez une URL en https, ou l’identifiant d’un enregistrement.
picture-watch-on = Date de la source
picture-watch-confidence = Confiance
picture-watch-retire = Retirer de la liste
picture-watch-retire-lede = Elle reste lisible avec son historique, et plus personne n’en est averti.
picture-watch-reason = Motif
picture-watch-reason-hint = Pour ceux qui demanderont dans deux ans pourquoi personne ne regardait.
picture-watch-history = Comment elle a été vue
picture-watch-when = Quand
picture-watch-by = Par
picture-watch-what = Ce qui a changé
picture-watch-proof = Preuve
picture-watch-record = Enregistrement
picture-watch-began = Inscrite sur la liste
picture-watch-new-sources = { $count ->
    [one] { $count } source ajoutée
   *[other] { $count } sources ajoutées
}
picture-watch-now = Désormais : { $what }
picture-watch-review-on = Prochain réexamen le { $day }
picture-watch-owner-now = Responsable désormais : { $owner }
picture-watch-reworded = Texte remanié
picture-watch-was-retired = Retirée de la liste
picture-watch-again = Suivie de nouveau
picture-watch-same = Marquage ou partage modifié
notice-review = Le réexamen de « { $name } » était attendu le { $day }

# Chiffres de deux instants
compared-title = Chiffres côte à côte
compared-method = Combien de sujets ont été évoqués, et dans combien de déclarations, au cours de la période qui finit à chaque instant ; compté d’après ce qui était arrivé ici à ce moment, dans la mesure où vous pouvez le voir aujourd’hui. Chaque chiffre mène à ses sources.
compared-now = Maintenant
compared-difference = Écart
compared-held = Objets détenus, par type
compared-more = { $count ->
    [one] Un autre sujet diffère moins ; voir les tendances.
   *[other] { $count } autres sujets diffèrent moins ; voir les tendances.
}

# Les déclarations derrière un chiffre
picture-sources-title = Sources d’un chiffre
picture-sources-count = { $count ->
    [one] Le chiffre { $figure } repose sur une déclaration.
   *[other] Le chiffre { $figure } repose sur { $count } déclarations.
}
picture-sources-statement = Déclaration
picture-sources-day = Compté pour
picture-sources-times = Compte
picture-sources-none = Aucune déclaration que vous puissiez voir ne compte pour ce chiffre.
