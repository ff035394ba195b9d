// Stands in for @vscode/spdlog, whose native part would need a compiler: without it VS Code's log files, and so every log
// channel of an extension, stay empty.
const { appendFileSync, mkdirSync } = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #file;
  #level = 0;
  #format = (level, message) => {
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    return `${time} [${level}] ${message}\n`;
  };

  constructor(file) {
    this.#file = file;
  }

  #write(level, message) {
    if (level >= this.#level) appendFileSync(this.#file, this.#format(levels[level], message));
  }

  trace = (message) => this.#write(0, message);
  debug = (message) => this.#write(1, message);
  info = (message) => this.#write(2, message);
  warn = (message) => this.#write(3, message);
  error = (message) => this.#write(4, message);
  critical = (message) => this.#write(5, message);
  getLevel = () => this.#level;
  setLevel = (level) => (this.#level = level);
  setPattern = () => undefined;
  clearFormatters = () => (this.#format = (_level, message) => message);
  flush = () => undefined;
  drop = () => undefined;
}

async function createLogger(_name, file) {
  mkdirSync(path.dirname(file), { recursive: true });
  return new Logger(file);
}

exports.version = 0;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
