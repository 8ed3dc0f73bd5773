# Trouver n’importe quoi : la page, ses facettes, les recherches enregistrées. La palette dit ses mots dans `shell`.

find-title = Recherche
find-lede = Tout ce que vous pouvez voir sur ce nœud : objets, incidents, accords, parties, enregistrements et pages.
find-question = Que cherchez-vous ?
find-hint = Des mots, une adresse ou un réseau, une empreinte, un numéro CVE ou ATT&CK, un identifiant. Les adresses neutralisées sont comprises.
find-help-title = Ce que vous pouvez demander
find-help-words = Des mots tous présents ; les noms se trouvent par leur début, et malgré une faute de frappe
find-help-defanged = Une adresse neutralisée, comprise telle qu’elle était
find-help-address = Une adresse : où elle est nommée, et les réseaux qui la contiennent
find-help-network = Un réseau : où il est nommé, et les adresses et réseaux qu’il contient
find-help-cve = Une vulnérabilité
find-help-attack = Une technique, une tactique, un groupe ou un logiciel d’ATT&CK
find-help-keys = Depuis toute page :
find-all = Tout
find-records = Enregistrements
find-pages = Pages
find-count = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
}
find-count-more = Les { $count } résultats les plus récents ont été comptés ; il peut y en avoir d’autres. Précisez la question.
find-shown = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat affiché
   *[other] { $count } résultats affichés
}
find-more = Tout afficher
find-nothing = Rien de ce que vous pouvez voir ne répond à cette question.
find-nothing-why = Essayez avec moins de mots, ou retirez un filtre.
find-refanged = Compris comme
find-meant = Rien ne s’appelle « { $asked } ». Voici ce que donne « { $meant } ».
find-narrow = Préciser les résultats
find-drop = retirer ce filtre
find-verdict = Diffusion
find-verdict-out = Diffusé
find-verdict-stays = Reste ici
find-unmarked = Sans marquage connu
find-period-1d = Dernières 24 heures
find-period-7d = 7 derniers jours
find-period-30d = 30 derniers jours
find-period-365d = 365 derniers jours
find-kind-agreement = Accord
find-kind-incident = Incident
find-kind-party = Partie
find-kind-record = Enregistrement
find-kind-page = Page
find-saved = Vos recherches enregistrées
find-saved-none = Aucune pour l’instant. Posez une question, puis gardez-la sous un nom.
find-save = Enregistrer cette recherche
find-save-name = Nom de cette recherche
find-save-unnamed = Donnez un nom à la recherche.
find-save-full = Vous gardez déjà 50 recherches. Retirez-en une d’abord.
find-forget = Retirer « { $name } »
find-watch = Me prévenir des nouveaux résultats pour « { $name } »
find-unwatch = Ne plus me prévenir pour « { $name } »
find-watched = suivie
