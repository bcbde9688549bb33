// Shows the document that the page came with. Without `queryConfigEnabled`, nothing in the address can name another.
const written = JSON.parse(document.getElementById("openapi").textContent);
document.title = written.info.title;
SwaggerUIBundle({
  spec: written,
  dom_id: "#swagger-ui",
  deepLinking: true,
  queryConfigEnabled: false,
  validatorUrl: null,
  persistAuthorization: false,
  displayRequestDuration: true,
});
