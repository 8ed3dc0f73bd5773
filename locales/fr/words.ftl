# Mots communs à plusieurs domaines. Comment ajouter un texte : voir l'en-tête de locales/en/words.ftl.

## Nombres
count-objects = { $count ->
    [one] { $count } objet
   *[other] { $count } objets
}
count-records = { $count ->
    [one] { $count } enregistrement
   *[other] { $count } enregistrements
}
count-results = { $count ->
    [one] { $count } résultat
   *[other] { $count } résultats
}
count-parties = { $count ->
    [one] { $count } partie
   *[other] { $count } parties
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
time-never = jamais
time-unknown = heure inconnue

## Actions
action-search = Rechercher
action-filter = Appliquer les filtres
action-filter-reset = Effacer les filtres
action-copy = Copier
action-copied = Copié
action-cancel = Annuler
action-confirm = Confirmer
action-save = Enregistrer
action-close = Fermer
action-back = Retour
action-show-all = Tout afficher
action-show-more = Afficher plus
action-download = Télécharger
action-explain = Expliquer
action-verify = Vérifier
action-export = Exporter
action-import = Importer
action-print = Imprimer
action-details = Détails
action-retry = Réessayer

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
word-side = Rive
word-role = Rôle
word-created = Créé
word-modified = Modifié
word-received = Reçu
word-published = Publié
word-updated = Mis à jour
word-from = De
word-until = Jusqu’au
word-to = À
word-count = Nombre
word-value = Valeur
word-reason = Motif
word-description = Description
word-version = Version
word-size = Taille
word-relation = Relation
word-position = Position
word-kind = Genre
word-when = Quand
word-purpose = Finalité
word-yes = Oui
word-no = Non
word-all = Tous
word-any = N’importe lequel
word-none = Aucun
word-unknown = Inconnu
word-optional = facultatif
word-required = obligatoire
word-before = Avant
word-after = Après
word-total = Total
word-other = Autre

## États
state-ok = En ordre
state-warning = Attention
state-error = Échec
state-idle = Au repos
state-pending = En attente
state-active = En vigueur
state-expired = Expiré
state-withdrawn = Retiré
state-proposed = Proposé
state-superseded = Remplacé
state-live = En direct
state-stale = Périmé
state-quarantined = En quarantaine
state-conflict = Conflit
state-revoked = Révoqué
state-sent = Envoyé
state-withheld = Retenu
state-refused = Refusé

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
