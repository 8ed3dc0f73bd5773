# Avis : ce dont on prévient les gens sans qu’ils regardent, et comment ils veulent être prévenus. Les clés sous
# `notice-kind-` sont composées à l’exécution d’après le genre des avis.

notice-title = Avis
notice-lede = Ce que ce nœud avait à vous dire, du plus récent au plus ancien. Ce que vous n’avez plus le droit de voir n’y figure pas.
notice-none = Rien à signaler.
notice-none-why = Les rappels d’échéances légales, les nouveaux résultats des recherches que vous suivez et les réexamens à faire s’affichent ici.
notice-when = Quand
notice-what = Objet
notice-ways = Également envoyé
notice-state = Lecture
notice-due = Échéance
notice-urgent = Urgent
notice-read = Marquer comme lu
notice-read-all = Tout marquer comme lu
notice-is-read = Lu
notice-way-mail = Courriel
notice-way-webhook = Webhook
notice-went = remis
notice-waits = partira
notice-given-up = abandonné
notice-withdrawn = retiré : ne vous est plus destiné
notice-kind-notify-reminder = Rappel d’une obligation
notice-kind-find-saved = Recherche suivie
notice-kind-picture-watch = Liste de veille

## What they say
notice-something = Un élément { $tlp } vous attend
notice-saved = { $count ->
    [one] { $count } nouveau résultat pour « { $name } »
   *[other] { $count } nouveaux résultats pour « { $name } »
}
notice-saved-more = Plus de { $count } nouveaux résultats pour « { $name } »
notice-mail-many = { $count ->
    [one] { $count } avis
   *[other] { $count } avis
}
notice-mail-due = Échéance : { $due }
notice-mail-reference = Référence { $reference }
notice-mail-foot = Envoyé par le nœud de { $party }. Pour changer la façon dont vous êtes prévenu :
notice-code-subject = votre code
notice-code-text = Une personne connectée au nœud de { $party } souhaite recevoir des avis à cette adresse. Si c’est vous, saisissez-y ce code dans les 30 minutes :
notice-code-otherwise = Si ce n’est pas vous, ne faites rien : sans le code, rien d’autre ne sera envoyé ici.

## How one wants to be told
notice-wishes-title = Comment vous êtes prévenu
notice-wishes-lede = Chaque avis s’affiche aussitôt dans la console. Choisissez ici ce qui est aussi envoyé, où, et quand ne pas le faire.
notice-how = Ce qui est envoyé, et quand
notice-by-mail = Par courriel
notice-by-webhook = Par webhook
notice-from-off = Rien
notice-from-urgent = Seulement l’urgent
notice-from-normal = L’urgent et ce qui est du jour
notice-from-low = Tout
notice-language = Langue des courriels
notice-quiet-from = Silence de
notice-quiet-until = Silence jusqu’à
notice-quiet-hint = À l’heure de { $zone }, par exemple 22:00 ; laissez les deux champs vides pour n’en avoir aucun. Le fuseau se choisit sous « Vos réglages ».
notice-time-hint = Par exemple 07:00
notice-time-wrong = Écrivez une heure telle que 07:00.
notice-quiet-long = Les heures de silence durent d’une minute à { $most } heures.
notice-digest = Ce qui n’est pas urgent
notice-digest-off = Un par un, aussitôt
notice-digest-hourly = Groupé, chaque heure
notice-digest-daily = Groupé, une fois par jour
notice-digest-at = Une fois par jour à
notice-clock = Heures avant une échéance légale à partir desquelles rien n’est retenu
notice-clock-hint = Quand il reste ce nombre d’heures ou moins, les rappels d’échéances légales passent outre le silence et les envois groupés. Une heure est le minimum : personne, pas même un administrateur, ne peut le désactiver.
notice-clock-wrong = Choisissez entre 1 et { $most } heures.
notice-address = Adresse électronique
notice-address-hint = Un code y est d’abord envoyé.
notice-address-wrong = Ce n’est pas une adresse électronique. Écrivez-la sous la forme nom@hôte.
notice-proved = confirmée
notice-drop = Retirer
notice-code = Code
notice-code-send = M’envoyer un code
notice-code-sent = Un code a été envoyé à { $address }. Il est valable 30 minutes.
notice-code-wrong = Le code est faux ou trop ancien. Demandez-en un autre.
notice-code-flood = Trop de codes ont été demandés. Attendez une heure.
notice-code-unsent = Le serveur de courriel n’a pas accepté le code. Demandez à un administrateur de consulter le journal.
notice-prove = Confirmer
notice-mail-none = Ce nœud n’envoie pas de courriel : sa configuration ne désigne aucun serveur.
notice-mail-ceiling = Un courriel porte le texte jusqu’à { $tlp }. Au-delà, il dit seulement que quelque chose vous attend.
notice-webhook-url = URL
notice-webhook-hint = Les avis y sont postés en JSON, signés selon Standard Webhooks. Uniquement en https.
notice-webhook-make = Enregistrer et afficher un nouveau secret
notice-webhook-set = Les avis y sont désormais postés
notice-webhook-do = Donnez ce secret au programme qui les reçoit : il lui sert à vérifier chaque signature. Il ne sera plus affiché.
notice-webhook-secret = Secret
notice-webhook-wrong = Cette URL ne peut pas être interrogée. Écrivez-la sous la forme https://hôte/chemin.
notice-webhook-plain = Les avis ne sont postés qu’en https ; http est réservé à un programme de cette machine.
notice-webhook-none = Ce nœud ne poste vers aucun webhook : sa configuration ne le permet pas.
notice-webhook-ceiling = Un webhook reçoit le texte jusqu’à { $tlp }. Au-delà, il apprend seulement que quelque chose vous attend.
