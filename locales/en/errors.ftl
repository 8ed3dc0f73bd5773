# Error pages: what happened and what to do. `error-status-<code>` titles a page by its HTTP status.

error-status-400 = This request cannot be read
error-status-401 = Please sign in
error-status-403 = You may not do this
error-status-404 = There is no such page
error-status-405 = This page does not take that request
error-status-409 = Somebody was faster
error-status-413 = This is too large
error-status-415 = This format is not accepted here
error-status-422 = Some of the input is wrong
error-status-429 = Too many requests
error-status-500 = Something failed on our side
error-status-503 = The node is busy or starting
error-what-400 = A part of the address or the form is malformed. Go back and try again.
error-what-401 = This page needs an account. You will come back here after signing in.
error-what-403 = Your role does not include this. Ask an administrator of your organisation.
error-what-404 = It may have been withdrawn, or you may not see it. Try the search.
error-what-409 = The state changed while you were reading. Load the page again and decide anew.
error-what-413 = Split it into smaller parts, or import it on the command line.
error-what-422 = Correct the marked fields and send the form again.
error-what-429 = Wait a moment, then try again.
error-what-500 = It has been logged. If it happens again, give the number below to your administrator.
error-what-503 = Try again in a few seconds.
error-number = Error number
error-home = Go to the overview
error-form-expired = This form is too old. Load the page again and repeat your entry.
