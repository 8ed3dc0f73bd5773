# Mots communs à plusieurs domaines. Comment ajouter un texte : voir l'en-tête de locales/en/words.ftl.

## Nombres
count-objects = { $count ->
    [one] { $count } objet
   *[other] { $count } objets
}
count-selected-range = { $from }–{ $to } sur { $total }

## Durées
time-just-now = à l’instant
time-ago = il y a { $duration }
time-in = dans { $duration }
time-seconds = { $count } s
time-minutes = { $count } min
time-hours = { $count } h
time-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
time-months = { $count } mois
time-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}

## Actions
action-search = Rechercher
action-filter = Appliquer les filtres
action-filter-reset = Effacer les filtres
action-copied = Copié
action-cancel = Annuler
action-confirm = Confirmer
action-save = Enregistrer
action-close = Fermer
action-explain = Expliquer
action-verify = Vérifier
action-export = Exporter
action-import = Importer
action-details = Détails

## En-têtes et libellés
word-name = Nom
word-type = Type
word-id = Identifiant
word-state = État
word-marking = Marquage
word-source = Source
word-author = Auteur
word-party = Partie
word-parties = Parties
word-role = Rôle
word-created = Créé
word-modified = Modifié
word-received = Reçu
word-published = Publié
word-from = De
word-until = Jusqu’au
word-to = À
word-count = Nombre
word-reason = Motif
word-description = Description
word-version = Version
word-size = Taille
word-relation = Relation
word-position = Position
word-kind = Genre
word-when = Quand
word-yes = Oui
word-no = Non
word-all = Tous
word-none = Aucun
word-unknown = Inconnu
word-optional = facultatif
word-before = Avant
word-after = Après

## États
state-warning = Attention
state-error = Échec
state-idle = Au repos
state-active = En vigueur
state-proposed = Proposé
state-superseded = Remplacé
state-sent = Envoyé
state-withheld = Retenu
state-refused = Refusé
state-superseded-there = l’enregistrement plus récent y est aussi parvenu
state-superseded-not-there = l’enregistrement plus récent n’y est pas parvenu

## Rives de l’Atlantique
side-eu = Union européenne
side-us = États-Unis
side-nato = OTAN
side-other = Autre

## Rôles d’une partie
role-csirt = CSIRT
role-agency = Autorité publique
role-isac = ISAC
role-operator = Opérateur
role-manufacturer = Fabricant
role-ministry = Ministère
role-nato = Organisme de l’OTAN
role-observer = Observateur
