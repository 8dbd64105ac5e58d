// Makes the npm packages of one platform: the one that people install, and the one that holds the program.
//
//     node packaging/npm/build.js PROGRAM PLATFORM ARCH FOLDER
//
// PLATFORM and ARCH are Node's words: linux, darwin, win32; x64, arm64. The packages are written below FOLDER, for `npm publish` or `npm pack`.
// The first is the same whatever the platform: it names all of them as optional dependencies, of which npm installs the one that fits.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"];
const NAME = "postgresql-migration-lint";

const [program, platform, arch, folder] = process.argv.slice(2);
if (!folder || !PLATFORMS.includes(`${platform}-${arch}`)) {
  console.error(`usage: node packaging/npm/build.js PROGRAM PLATFORM ARCH FOLDER, where PLATFORM-ARCH is one of ${PLATFORMS.join(", ")}`);
  process.exit(2);
}

const root = path.join(__dirname, "../..");
const manifest = fs.readFileSync(path.join(root, "Cargo.toml"), "utf8");
const field = (name) => new RegExp(`^${name} = "(.*)"$`, "m").exec(manifest)[1];
const common = { version: field("version"), license: field("license") };

function write(name, files, settings) {
  const place = path.join(folder, name);
  fs.mkdirSync(place, { recursive: true });
  for (const [file, source] of Object.entries(files)) {
    fs.copyFileSync(source, path.join(place, file));
  }
  const settled = { name, ...common, ...settings };
  fs.writeFileSync(path.join(place, "package.json"), JSON.stringify(settled, null, 2) + "\n");
  return place;
}

const licences = { "LICENSE-MIT": path.join(root, "LICENSE-MIT"), "LICENSE-APACHE": path.join(root, "LICENSE-APACHE") };
write(
  NAME,
  { ...licences, "README.md": path.join(root, "README.md"), "migration-lint.js": path.join(__dirname, "migration-lint.js") },
  {
    description: field("description"),
    keywords: ["postgresql", "migration", "lint", "sql", "schema"],
    bin: { "migration-lint": "migration-lint.js" },
    engines: { node: ">=18" },
    optionalDependencies: Object.fromEntries(PLATFORMS.map((one) => [`${NAME}-${one}`, common.version])),
  },
);
const file = platform === "win32" ? "migration-lint.exe" : "migration-lint";
const place = write(
  `${NAME}-${platform}-${arch}`,
  { ...licences, [file]: program },
  { description: `The program of ${NAME} for ${platform}-${arch}`, os: [platform], cpu: [arch] },
);
fs.chmodSync(path.join(place, file), 0o755);
