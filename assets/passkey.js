// Passkeys: asks the browser, fills the hidden fields of the form, and sends it. Without this, the forms stay hidden.
(() => {
  'use strict';
  const unpack = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const pack = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  const ask = async (form) => {
    const options = JSON.parse(form.dataset.options);
    options.challenge = unpack(options.challenge);
    if (options.user) options.user.id = unpack(options.user.id);
    for (const known of options.excludeCredentials ?? []) known.id = unpack(known.id);
    if (form.dataset.passkey === 'create') {
      const made = await navigator.credentials.create({ publicKey: options });
      return { client: made.response.clientDataJSON, attestation: made.response.attestationObject };
    }
    const shown = await navigator.credentials.get({ publicKey: options });
    return {
      passkey: shown.rawId,
      client: shown.response.clientDataJSON,
      authenticator: shown.response.authenticatorData,
      signature: shown.response.signature,
    };
  };

  if (!window.PublicKeyCredential) return;
  for (const note of document.querySelectorAll('[data-passkey-cannot]')) note.hidden = true;
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        const said = await ask(form);
        for (const [name, buffer] of Object.entries(said)) form.elements.namedItem(name).value = pack(buffer);
      } catch (error) {
        // Under an address that no passkey can belong to, such as a number, this says so; else somebody thought better of it.
        if (error.name === 'SecurityError') for (const note of document.querySelectorAll('[data-passkey-cannot]')) note.hidden = false;
        return;
      }
      form.submit();
    });
  }
})();
