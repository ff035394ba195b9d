/**
 * Loaded before a function, for what ministack does otherwise than Lambda: it gives the account's credentials instead of
 * the role's, and makes plain HTTP of what is then loaded of `node:https`.
 */
import 'node:https';

Object.assign(process.env, JSON.parse(process.env.LAB_ROLE));
