import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The first of `names` that this machine has; else Debian's package is installed when root, or one line says what is missing. */
export function requireProgram(names: readonly string[], debianPackage: string): string {
  const find = () =>
    names
      .map((name) => spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim())
      .find((found) => found && existsSync(found));
  const found = find();
  if (found) return found;
  const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (canInstall) {
    process.stdout.write(`Installing Debian's ${debianPackage} …\n`);
    const quiet = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
    spawnSync("apt-get", ["update"], quiet);
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", debianPackage], quiet);
  }
  const installed = find();
  if (installed) return installed;
  process.stderr.write(
    `The tests need ${names.join(" or ")}. Install it (Debian and Ubuntu: apt-get install ${debianPackage}) and run again.\n`,
  );
  process.exit(1);
}
