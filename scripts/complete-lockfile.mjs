/**
 * Adds to package-lock.json the optional packages of other platforms (darwin, win32, …). A package source that shows only
 * this machine's builds leaves them out, and then `npm ci` refuses the lock everywhere. Run it after every change of
 * dependencies: `npm run complete-lockfile`. Doing it again changes nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const systems = [
  "darwin",
  "win32",
  "windows",
  "android",
  "freebsd",
  "openbsd",
  "openharmony",
  "sunos",
  "netbsd",
  "aix",
  "linux",
];
const processors = ["wasm32", "arm64", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "arm"];

/** Whether Node would find the package from this place, going upwards. */
function isFound(place, name) {
  const folders = place.split("/node_modules/");
  for (let depth = folders.length; depth > 0; depth -= 1) {
    if (lock.packages[`${folders.slice(0, depth).join("/node_modules/")}/node_modules/${name}`]) return true;
  }
  return lock.packages[`node_modules/${name}`] !== undefined;
}

let added = 0;
for (const [place, pkg] of Object.entries({ ...lock.packages })) {
  if (place === "") continue;
  for (const [name, range] of Object.entries(pkg.optionalDependencies ?? {})) {
    if (isFound(place, name)) continue;
    const os = systems.find((one) => name.includes(one));
    const cpu = processors.find((one) => name.includes(one));
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ""),
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(pkg.dev ? { dev: true } : {}),
      optional: true,
      ...(os ? { os: [os === "windows" ? "win32" : os] } : {}),
      ...(name.includes("musl") ? { libc: ["musl"] } : {}),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} optional packages of other platforms added\n`);
