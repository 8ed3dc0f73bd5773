# Le pilier notify : les incidents, leurs obligations, et ce qui en a été déclaré.

nav-incidents = Incidents
nav-notify = Notifier
notify-incidents-title = Incidents
notify-incidents-lede = Ce qui s’est passé, et quels rapports s’ensuivent, envers qui, pour quand.
notify-incidents-empty = Aucun incident n’est ouvert.
notify-open-command = Ouvrez-en un avec
notify-opened = Ouvert
notify-board-clause = En vertu de
notify-next = Prochaine échéance
notify-exercise = Exercice
notify-as-of = État connu au
notify-unsound = Ce qui a été déclaré ne correspond pas au droit que ce nœud connaît
notify-conflict = Deux obligations s’opposent
notify-duties = Obligations
notify-duties-empty = Rien ne découle de ce qui est connu à ce jour.
notify-duty = Obligation
notify-alarm = Alarme
notify-limit = Limite légale
notify-to = Destinataires
notify-missing = Champs manquants
notify-lacks = Manque :
notify-excluded = Ce qui ne s’applique pas
notify-why = Pourquoi
notify-made-with = Calculé avec
notify-statements = Ce qui a été déclaré
notify-statements-empty = Rien n’a encore été déclaré.
notify-when = Quand
notify-what = Quoi
notify-value = Valeur
notify-who = Par
notify-estimate = Estimation
notify-yes = Oui
notify-no = Non
notify-unknown = Inconnu
notify-state-open = À venir
notify-state-past-alarm = Alarme passée
notify-state-overdue = En retard
notify-state-asap = Sans retard injustifié
notify-state-silent = Silence
notify-state-waiting = Pas commencée
notify-state-sent = Envoyée
notify-state-sent-late = Envoyée en retard
notify-state-replaced = Réglée par un autre rapport
notify-state-free = Libre
notify-state-shadow = Pas en vigueur, pour information
notify-thresholds = Ce que disent les chiffres
notify-met = Rempli
notify-not-met = Non rempli
notify-asks = À répondre :

# Ouvrir un incident, et quelles lois s’appliquent.
notify-open-title = Ouvrir un incident
notify-open-lede = Un nom suffit pour commencer ; le reste est demandé ensuite, dans l’ordre où il devient nécessaire.
notify-open-name-hint = Le nom que chacun lui donnera ici. Il reste dans cette organisation.
notify-open-exercise = Il s’agit d’un exercice
notify-open-exercise-hint = Rien d’un exercice n’est jamais transmis à une autorité.
notify-open-verb = Ouvrir
notify-laws-title = Lois applicables
notify-laws-beside = Autres lois, connues par une ligne chacune
notify-laws-beside-lede = Personne ne les a comparées à leur texte. Elles n’entrent dans un plan que si vous dites qu’elles s’appliquent.
notify-laws-lede = Indiquez pour chaque loi si elle s’applique. Ce qui n’est pas encore connu reste ouvert ; chaque réponse est conservée avec son auteur et ses motifs.
notify-laws-reason-hint = Pourquoi, en une phrase ; le motif est conservé avec chaque réponse modifiée.
notify-laws-open = { $count ->
    [one] L’applicabilité d’une loi n’est pas établie
   *[other] L’applicabilité de { $count } lois n’est pas établie
}
notify-laws-decide = Indiquer les lois applicables
notify-applies = S’applique
notify-applies-not = Ne s’applique pas
notify-law-applies = Applicabilité de { $law }
notify-save-on = Enregistrer et continuer
notify-skip = Continuer sans répondre
notify-not-saved = Tout n’a pas été enregistré : voyez les champs signalés ci-dessous
notify-by-missing = indiquez qui décide, par son nom et sa fonction
notify-rationale-missing = indiquez pourquoi, en une phrase

# La saisie guidée.
notify-intake-title = Saisie
notify-intake-lede = Seulement ce dont un rapport a besoin ensuite, par ordre d’échéance.
notify-intake-questions = Prochaines questions
notify-intake-first = Avant tout
notify-intake-later = { $count ->
    [one] Encore une question
   *[other] Encore { $count } questions
}
notify-intake-nothing = Rien ne manque pour les obligations connues.
notify-how-sure = Quel est le degré de certitude ?
notify-source = Origine de l’information
notify-confidence = Degré de certitude
notify-zone-hint = Heure de { $zone }
notify-classes-later = Indiquez d’abord les lois applicables ; chaque loi a ses propres catégories.
notify-saved-at = Enregistré, { $at }
notify-saved-partly = Tout n’a pas été enregistré : un champ n’est pas encore lisible
notify-autosave-lost = Non enregistré : le nœud ne répond pas. Un nouvel essai suivra la prochaine modification.
notify-contradiction = Deux déclarations se contredisent : { $what }
notify-keep = Retenir cette déclaration
notify-correct = Corriger

# Décisions.
notify-decide-title = Décider
notify-decide-lede = L’auteur, le moment et les motifs de la décision sont conservés pour ceux qui recalculeront les échéances.
notify-decide-verb = Décider
notify-decide-ask = Une décision est nécessaire : { $what }
notify-decide-question = Objet de la décision
notify-decide-outcome = Décision
notify-decided-at = Moment de la décision
notify-decided-at-hint = Heure de { $zone } ; vide : maintenant
notify-decided-by = Auteur de la décision
notify-decided-by-hint = Nom et fonction
notify-outcome-missing = choisissez une réponse
notify-no-moment = cette heure n’a pas été affichée exactement une fois ; saisissez-la à nouveau

# Le tableau des échéances et le calendrier.
notify-clocks-title = Échéances
notify-clocks-lede = Ce qui est dû ensuite, pour tous les incidents ; la date prudente donne l’alarme, la limite est celle de la loi.
notify-clocks-empty = Aucun délai ne court.
notify-clocks-all = Toutes
notify-clocks-mine = Les miennes
notify-clocks-blank = { $count ->
    [one] Pour un incident, les lois applicables ne sont pas indiquées
   *[other] Pour { $count } incidents, les lois applicables ne sont pas indiquées
}
notify-clocks-rest = { $count ->
    [one] Encore une
   *[other] Encore { $count }
}
notify-count-overdue = { $count } en retard
notify-count-past = { $count } au-delà de l’alarme
notify-count-all = { $count ->
    [one] Une échéance
   *[other] { $count } échéances
}
notify-wall = Écran mural
notify-wall-leave = Quitter l’écran mural
notify-officer = Responsable
notify-take = Prendre en charge
notify-let-go = Ne plus suivre
notify-calendar-title = Calendrier
notify-calendar-lede = Un calendrier qui lit cette adresse montre les deux dates de chaque délai en cours que vous pouvez voir.
notify-calendar-address = Votre adresse
notify-calendar-secret = Quiconque possède cette adresse voit ce que vous voyez. Ne la donnez qu’à votre propre calendrier.
notify-calendar-new = L’invalider et en créer une autre

# Une étape.
notify-when-why = Échéance et motifs
notify-by-way = Voie de transmission
notify-clause = Disposition
notify-steps = Calcul de l’échéance
notify-form = Formulaire
notify-form-free = La loi ne nomme aucun champ pour ce rapport.
notify-need = Exigence
notify-required = Obligatoire
notify-where-applicable = Le cas échéant
notify-lacks-it = Manque
notify-copy = Copier cette valeur
notify-exercise-stays = Un exercice : rien ne peut en être transmis à une autorité.
notify-file-verb = Noter le dépôt
notify-file-lede = Les délais des rapports suivants courent à partir de la transmission effective de celui-ci.
notify-file-save = Noter
notify-file-lacks = { $count ->
    [one] Un champ obligatoire n’est pas rempli
   *[other] { $count } champs obligatoires ne sont pas remplis
}
notify-filed-at = Moment de la transmission
notify-reference = Référence
notify-reference-hint = Donnée par le destinataire
notify-evidence = Preuve
notify-evidence-hint = Ce qui l’établit : un accusé, un message, l’endroit où la copie est conservée
notify-evidence-file = Fichier de preuve
notify-evidence-file-hint = Accusé de réception, capture d’écran ou message : { $most } au plus. Il est conservé ici, son empreinte SHA-256 figure dans l’enregistrement et son contenu peut être effacé
notify-evidence-file-lost = Choisissez le fichier à nouveau : il n’a pas été conservé pendant la confirmation de votre identité
notify-evidence-erased = Effacé
notify-evidence-erased-proves = l’empreinte SHA-256 de l’envoi prouve toujours ce qu’il était
notify-evidence-attach = Joindre un fichier
notify-evidence-elsewhere = non conservé ici ; qui le détient peut comparer l’empreinte SHA-256
notify-stretch = { $from } à { $to } sur { $of }
notify-filed-by-hand = Dépôts notés
notify-channel-missing = indiquez la voie de transmission

# Hypothèses.
notify-whatif-title = Hypothèse
notify-whatif-lede = Supposez qu’un fait soit différent et voyez quelles obligations se déplaceraient. Rien n’est écrit.
notify-whatif-fact = Fait
notify-whatif-hint = Un instant avec son décalage, yes, no, un nombre ; vide : inconnu
notify-whatif-verb = Montrer
notify-whatif-answer = Ce qui changerait
notify-whatif-nothing = Aucune obligation ne changerait.
notify-whatif-unwritten = Simple hypothèse : rien n’a été écrit.
notify-kind-instant = instant
notify-kind-truth = oui ou non
notify-kind-number = nombre

# Ce que sont devenues les obligations.
notify-history = Évolution des obligations
notify-change-appeared = Nouvelle
notify-change-moved = Déplacée
notify-change-closed = Close
notify-change-reopened = Rouverte
notify-change-fell-away = Devenue sans objet
notify-cause-fact = Un fait
notify-cause-decision = Une décision
notify-cause-submission = Un rapport transmis
notify-cause-pack = Une version plus récente de la loi

# La preuve de notification dans les délais.
notify-document = Formulaire en JSON
notify-proof-title = Preuve
notify-proof-lede = Ce que constate quiconque vérifie le fichier avec l’empreinte de cette partie, sans ce nœud ni réseau.
notify-proof-file = Preuve en fichier
notify-proof-says = Ce que prouve le fichier
notify-proof-check = Vérification par
notify-proof-in-time = Dans les délais
notify-proof-late = Après la limite de la loi
notify-proof-no-limit = La loi ne fixe pas de date pour ce rapport
notify-proof-unclear = Les enregistrements ne concordent pas avec la loi que connaît ce nœud
notify-proof-recorded = Consigné
notify-proof-party = Partie
notify-proof-records = Enregistrements
notify-proof-under = { $records } enregistrements, dans un journal de { $size } dont l’état est signé

# Un incident d’après un fichier.
notify-import-title = D’après un fichier
notify-import-lede = JSON de notre forme, CSV, un événement MISP ou un ensemble STIX avec un incident ; examiné d’abord, ouvert ensuite.
notify-import-file = Fichier
notify-import-text = Ou son texte
notify-import-hint = Un CSV commence par une ligne qui nomme les colonnes : field, value, et éventuellement estimate, source, confidence.
notify-import-format = Forme
notify-import-guess = D’après son apparence
notify-import-look = Examiner
notify-import-open = Ouvrir un incident
notify-import-place = Emplacement
notify-import-line = Ligne { $line }
notify-import-column = Ligne { $line }, colonne { $column }
notify-import-found = { $count ->
    [one] Un fait peut être repris
   *[other] { $count } faits peuvent être repris
}
notify-import-findings = { $count ->
    [one] Un élément n’est pas repris
   *[other] { $count } éléments ne sont pas repris
}

# Rappels.
notify-reminders = Rappels
notify-remind-day = Plus qu’un jour
notify-remind-hours = Plus que quatre heures
notify-remind-hour = Plus qu’une heure
notify-remind-alarm = Au-delà de l’alarme
notify-remind-overdue = En retard
notify-remind-gate = Un paiement a été bloqué
notify-remind-of = Date
notify-remind-all = Tous les officiers

# Ce qui a changé depuis le rapport précédent.
notify-since = Modifications depuis { $stage }
notify-since-nothing = Rien n’a changé depuis dans ce formulaire.
