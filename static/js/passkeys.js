"use strict";
/* Asks the device for a passkey and sends what it answers. Without this file the codes of the app still work.
   A form with data-passkey="create|get" carries the question in data-options and takes the answer in its field "credential". */
(() => {
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    let plain = "";
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const listed = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const answer = (credential) => {
    const given = credential.response;
    const response = { clientDataJSON: text(given.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
      if (given[part]) response[part] = text(given[part]);
    if (given.getTransports) response.transports = given.getTransports();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  };
  const field = (form) => form.elements[form.dataset.field || "credential"];
  const ask = {
    create: (asked) =>
      navigator.credentials.create({
        publicKey: {
          ...asked,
          challenge: bytes(asked.challenge),
          user: { ...asked.user, id: bytes(asked.user.id) },
          excludeCredentials: listed(asked.excludeCredentials),
        },
      }),
    get: (asked) =>
      navigator.credentials.get({
        publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: listed(asked.allowCredentials) },
      }),
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-passkey]")) {
      const said = form.querySelector("[data-said]");
      if (!window.PublicKeyCredential) {
        if (said) said.textContent = "Dieser Browser kennt keine Passkeys. Bitte nehmen Sie die App.";
        continue;
      }
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (said) said.textContent = "Bitte folgen Sie Ihrem Gerät.";
        try {
          const asked = JSON.parse(form.dataset.options).publicKey;
          field(form).value = JSON.stringify(answer(await ask[form.dataset.passkey](asked)));
          form.submit();
        } catch {
          if (said) said.textContent = "Das hat nicht geklappt. Versuchen Sie es noch einmal, oder nehmen Sie die App.";
        }
      });
    }
  });
})();
