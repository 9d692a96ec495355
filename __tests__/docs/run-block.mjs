// Runs a code block of the docs: `node run-block.mjs <file>`. Every host that it calls is a service on loopback (world.ts). Every
// port that it listens on is replaced by a free one, and its own calls to `localhost` find that. It fails as the block does: by
// what it throws, an unhandled rejection, or a failed test.
import dns from 'node:dns';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { pathToFileURL } from 'node:url';

/** Milliseconds for what goes on after the last line: a server that starts, a call that nobody awaits. */
const AFTERWARDS = 400;
const { WORLD_FOLDER, WORLD_HTTP, WORLD_HTTPS, WORLD_REDIS } = process.env;
const [, , file] = process.argv;

/** What every other host resolves to. */
const WORLD = '127.0.0.2';
const isHere = (host) => /^(127\.0\.0\.1|::1|localhost)$/.test(host);

const { lookup } = dns;
dns.lookup = function lookUpWorld(host, ...others) {
  if (isHere(host)) return lookup(host, ...others);
  const [options, done = options] = others;
  setImmediate(() => (options.all ? done(null, [{ address: WORLD, family: 4 }]) : done(null, WORLD, 4)));
};

/** The servers of the block, by the port that it gave them. */
const servers = new Map();

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function connectToWorld(...args) {
  // Node's own callers pass the arguments as one list.
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const { host = 'localhost', port, path } = Object(options);
  if (!path && !isHere(host)) {
    const target = this instanceof tls.TLSSocket ? WORLD_HTTPS : Number(port) === 6379 ? WORLD_REDIS : WORLD_HTTP;
    Object.assign(options, { host: '127.0.0.1', port: Number(target) });
  }
  const address = isHere(host) ? servers.get(Number(port))?.address() : undefined;
  if (address) options.port = address.port;
  return connect.apply(this, args);
};

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function listenAnywhere(where, ...others) {
  servers.set(where?.port ?? where, this);
  if (typeof where === 'number') return listen.call(this, 0, ...others);
  return listen.call(this, where?.port === undefined ? where : { ...where, port: 0 }, ...others);
};

const inWorld = (path) =>
  typeof path === 'string' && /^\/(etc\/ssl|run|var\/run)\//.test(path) ? join(WORLD_FOLDER, path) : path;
for (const [object, name] of [
  [fs, 'readFileSync'],
  [fs, 'statSync'],
  [fs, 'watch'],
  [fs, 'createReadStream'],
  [fs.promises, 'readFile'],
  [fs.promises, 'stat'],
]) {
  const original = object[name];
  object[name] = (path, ...others) => original.call(object, inWorld(path), ...others);
}
syncBuiltinESMExports();
process.chdir(WORLD_FOLDER);

await import(pathToFileURL(file).href);
// A test runner ends by itself, after the tests.
const isTest = fs.readFileSync(file, 'utf8').includes("'node:test'");
if (!isTest) setTimeout(() => process.exit(), AFTERWARDS);
