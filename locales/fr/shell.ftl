# Le cadre de chaque page, et ce que les composants communs disent d’eux-mêmes.

shell-skip = Aller au contenu
shell-nav = Menu principal
shell-menu = Menu
shell-search = Chercher objets, parties, identifiants
shell-search-shortcut = Touche / pour chercher
shell-language-switch = Read this page in English
shell-theme = Apparence
shell-theme-system = Comme le système
shell-theme-light = Claire
shell-theme-dark = Sombre
shell-theme-contrast = Contraste élevé
shell-user = Session de { $name }
shell-sign-out = Se déconnecter
shell-updated = Mis à jour { $time }
shell-live = En direct
shell-live-lost = Mises à jour interrompues ; nouvelle tentative
shell-exercise = EXERCICE
shell-exercise-text = Exercice « { $run } » : rien sur cette page n’est réel
shell-trouble = Ce nœud a besoin d’une intervention.
shell-marking-page = Marquage le plus élevé de cette page
shell-footer = Entente : des accords qui s’exécutent
shell-keys = Raccourcis clavier
shell-keys-search = rechercher
shell-keys-go = aller à la section de ce numéro
shell-keys-rows = ligne suivante et précédente
shell-keys-help = cette liste
shell-keys-on = Les raccourcis à une touche sont actifs
shell-keys-palette = aller partout par le nom
shell-palette = Chercher et aller
shell-palette-open = Chercher et aller : Ctrl K
shell-palette-placeholder = Nom, adresse, identifiant ou page
shell-palette-found = Ce qui a été trouvé
shell-palette-choose = choisir
shell-palette-go = ouvrir
shell-palette-all = Tout ce qui répond à cette question
shell-palette-failed = Le nœud n’a pas répondu. Continuez à taper pour réessayer.
shell-home = Entente, vue d’ensemble

nav-watch = Veille
nav-overview = Vue d’ensemble
nav-exchange = Échange
nav-objects = Objets
nav-collections = Collections
nav-quarantine = Quarantaine
nav-accord = Accord
nav-agreements = Accords
nav-desk = Nœud
nav-parties = Parties
nav-links = Liaisons
nav-ledger = Registre
nav-styleguide = Guide de style

component-table-empty = Rien ici pour l’instant
component-table-sort = Trier par { $column }
component-loading = Chargement
component-stale = Pas à jour.
component-slide-show = Montrer
component-filter = Filtres
component-page-next = Page suivante
component-page-first = Première page
component-page-nav = Pages
component-crumbs = Vous êtes ici
component-tabs = Vues
component-json-truncated = Seuls les premiers { $size } sont affichés.
component-json-whole = Ouvrir le document entier
component-copy-value = Copier { $what }
component-chart-table = Sous forme de tableau
component-chart-source = Chiffres du graphique
component-graph-desc = { $nodes } nœuds et { $edges } relations ; le même contenu suit sous forme de tableau
component-graph-cut = { $hidden ->
    [one] { $hidden } autre nœud n’est pas dessiné
   *[other] { $hidden } autres nœuds ne sont pas dessinés
}
component-diff-added = ajouté
component-diff-removed = supprimé
component-diff-changed = modifié
component-diff-same = inchangé
component-error-summary = { $count ->
    [one] Veuillez corriger un champ
   *[other] Veuillez corriger { $count } champs
}
component-delta-since = depuis { $when }
component-progress-of = { $done } sur { $total }
component-confirm-irreversible = Cette action est définitive.

marking-clear = Diffusion sans limite
marking-green = Au sein de la communauté
marking-amber = Au sein de l’organisation destinataire et de ses clients, selon le besoin d’en connaître
marking-amber-strict = Au sein de l’organisation destinataire seulement
marking-red = Pour les destinataires désignés seulement
pap-clear = Utilisation sans restriction
pap-green = Actions actives permises
pap-amber = Vérifications passives seulement
pap-red = Actions non détectables seulement
shell-account = Votre compte

# Une page du passé
shell-as-of = Montrer cette page telle qu’elle était à un autre instant
shell-past-label = Le passé
shell-past = Telle qu’elle était le
shell-past-yours = à votre heure : { $time }
shell-past-text = Rien ne peut être modifié ici. Ce qui a été effacé depuis reste effacé, et ce qui a été retiré ou restreint depuis n’est montré que dans la mesure où il peut être vu aujourd’hui.
shell-past-now = Revenir au présent
shell-past-compare = Ce qui a changé depuis
shell-past-other = Un autre instant
shell-notices = { $count ->
    [0] Aucun nouvel avis
    [one] { $count } nouvel avis
   *[other] { $count } nouveaux avis
}
