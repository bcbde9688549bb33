// Uses the documentation page as a person does, in headless Chromium: logs in, calls endpoints, logs out.
// Arguments: the address of the page, a folder for screenshots, and `name=password` of an admin and of somebody who is none.

import { strict as assert } from "node:assert";
import puppeteer from "puppeteer-core";

const [address, pictures, ...people] = process.argv.slice(2);
const origin = new URL(address).origin;
const passwords = people.map((person) => person.split("="));
const complaints = [];

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 1600 });

// What a person would not see: an error in the console, a violation of the page's policy, a request to anybody else.
const calls = [];
page.on("pageerror", (error) => complaints.push(`the page threw ${error}`));
page.on("console", (message) => {
  // A refused call is a line in Chromium's console, whoever made it, and is what the page is asked for below.
  const refusal = /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
  if (["error", "warn"].includes(message.type()) && !refusal) complaints.push(`the console says ${message.text()}`);
});
page.on("request", (request) => {
  const { origin: asked, protocol } = new URL(request.url());
  if (asked !== origin && protocol !== "data:") complaints.push(`the page asked for ${request.url()}`);
  if (asked === origin) calls.push(`${request.method()} ${new URL(request.url()).pathname}`);
});
await page.exposeFunction("complain", (complaint) => complaints.push(complaint));
await page.evaluateOnNewDocument(() => {
  const note = (event) => window.complain(`the policy's ${event.violatedDirective} refuses ${event.blockedURI} ${event.sample}`);
  document.addEventListener("securitypolicyviolation", note);
});

const click = async (selector) => {
  await page.waitForSelector(selector, { visible: true });
  await page.$eval(selector, (element) => element.scrollIntoView({ block: "center" }));
  await page.click(selector);
};
const picture = (name) => page.screenshot({ path: `${pictures}/${name}.png` });

async function logIn(name, password) {
  await click(".auth-wrapper .authorize");
  await page.waitForSelector("#oauth_username", { visible: true });
  await page.type("#oauth_username", name);
  await page.type("#oauth_password", password);
  await click(".modal-ux .auth-btn-wrapper .authorize");
}

async function logOut() {
  await click(".auth-wrapper .authorize");
  await click(".modal-ux .auth-btn-wrapper .authorize + .btn-done, .modal-ux .auth-btn-wrapper button:not(.btn-done)");
  await click(".modal-ux .btn-done");
}

// Calls the operation of this method and path, with its parameters, and returns the status and the text that the page shows.
async function call(method, path, parameters = {}) {
  const found = await page.evaluateHandle(
    (method, path) =>
      [...document.querySelectorAll(`.opblock-${method}`)].find(
        (block) => block.querySelector(".opblock-summary-path")?.dataset.path === path,
      ),
    method,
    path,
  );
  const block = found.asElement();
  assert(block, `the page shows ${method} ${path}`);
  const press = async (selector) => {
    const button = await block.waitForSelector(selector, { visible: true });
    await button.evaluate((element) => element.scrollIntoView({ block: "center" }));
    await button.click();
  };
  if (!(await block.$(".opblock-body"))) await press(".opblock-summary-control");
  if (!(await block.$(".execute"))) await press(".try-out__btn");
  for (const [name, value] of Object.entries(parameters)) {
    const input = await block.waitForSelector(`tr[data-param-name="${name}"] input`);
    await input.evaluate((element) => element.select());
    await input.type(value);
  }
  await (await block.$(".btn-clear"))?.click();
  await press(".execute");
  const cell = await block.waitForSelector(".live-responses-table tbody .response-col_status").catch(async (error) => {
    await picture("failure");
    throw new Error(`${method} ${path} shows no answer; complaints: ${complaints.join("\n")}`, { cause: error });
  });
  const status = Number.parseInt(await cell.evaluate((element) => element.textContent), 10);
  return { status, text: await block.$eval(".live-responses-table", (element) => element.innerText) };
}

const response = await page.goto(address, { waitUntil: "networkidle0" });
assert.equal(response.status(), 200);
const policy = response.headers()["content-security-policy"];
assert(!policy.includes("unsafe"), policy);
await page.waitForSelector(".opblock");
await picture("page");
assert.equal((await call("get", "/me")).status, 401, "nobody is logged in");

const [[admin, right], [other, theirs]] = passwords;
await logIn(admin, "wrong");
await page.waitForSelector(".modal-ux .errors", { visible: true });
await picture("wrong-password");
await click(".modal-ux .close-modal");
await page.reload({ waitUntil: "networkidle0" });

await logIn(admin, right);
await page.waitForFunction(() => document.querySelector(".modal-ux")?.innerText.includes("Logout"));
await picture("logged-in");
await click(".modal-ux .btn-done");
const me = await call("get", "/me");
assert.equal(me.status, 200, me.text);
assert(me.text.includes(admin), me.text);
assert.equal((await call("get", "/reports")).status, 200);
await picture("admin");
await logOut();
assert.equal((await call("get", "/reports")).status, 401, "the token is gone");

await logIn(other, theirs);
await page.waitForFunction(() => document.querySelector(".modal-ux")?.innerText.includes("Logout"));
await click(".modal-ux .btn-done");
assert.equal((await call("get", "/reports")).status, 403);
assert.equal((await call("get", "/me")).status, 200);
await picture("other");

// A reload is answered from the cache, and the page still works: the policy that comes with a 304 counts as well.
await page.reload({ waitUntil: "networkidle0" });
await page.waitForSelector(".opblock");
assert.equal((await call("get", "/me")).status, 401, "no token outlives the page");

assert.deepEqual(complaints, []);
// And a complaint would have been heard: what is not of the page may not run, load or call elsewhere.
await page.evaluate(() => {
  document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
  document.body.append(Object.assign(document.createElement("div"), { innerHTML: "<p style='color: red' onclick='window.ran = true'>" }));
  return fetch("http://127.0.0.1:1/").catch(() => {});
});
const refused = (directive) => complaints.some((complaint) => complaint.includes(`${directive} refuses`));
const directives = ["script-src-elem", "style-src-attr", "script-src-attr", "connect-src"];
for (let tries = 0; tries < 50 && !directives.every(refused); tries++) await new Promise((done) => setTimeout(done, 100));
assert.deepEqual(directives.filter((directive) => !refused(directive)), [], complaints.join("\n"));
assert.equal(await page.evaluate(() => window.ran), undefined);
await browser.close();
console.log(`The page works: ${calls.length} requests, all to ${origin}.`);
