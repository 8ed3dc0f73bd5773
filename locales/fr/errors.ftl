# Pages d’erreur : ce qui s’est passé et que faire.

error-status-400 = Cette demande est illisible
error-status-401 = Veuillez vous connecter
error-status-403 = Vous n’y êtes pas autorisé
error-status-404 = Cette page n’existe pas
error-status-405 = Cette page n’accepte pas cette demande
error-status-409 = Quelqu’un vous a devancé
error-status-413 = C’est trop volumineux
error-status-415 = Ce format n’est pas accepté ici
error-status-422 = Une partie de la saisie est erronée
error-status-429 = Trop de demandes
error-status-500 = Un problème est survenu de notre côté
error-status-503 = Le nœud est occupé ou démarre
error-what-400 = Une partie de l’adresse ou du formulaire est mal formée. Revenez en arrière et réessayez.
error-what-401 = Cette page exige un compte. Vous y reviendrez après la connexion.
error-what-403 = Votre rôle ne le prévoit pas. Adressez-vous à un administrateur de votre organisation.
error-what-404 = Elle a peut-être été retirée, ou vous ne pouvez pas la voir. Essayez la recherche.
error-what-409 = L’état a changé pendant votre lecture. Rechargez la page et décidez à nouveau.
error-what-413 = Divisez-le en parties plus petites, ou importez-le en ligne de commande.
error-what-422 = Corrigez les champs signalés et renvoyez le formulaire.
error-what-429 = Patientez un instant, puis réessayez.
error-what-500 = L’incident est journalisé. S’il se répète, communiquez le numéro ci-dessous à votre administrateur.
error-what-503 = Réessayez dans quelques secondes.
error-number = Numéro d’erreur
error-home = Aller à la vue d’ensemble
error-form-expired = Ce formulaire est trop ancien. Rechargez la page et recommencez la saisie.
