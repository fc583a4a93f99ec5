// What Node has and a WebContainer has not, or may not have: loaded before every child's program.
import { registerHooks } from "node:module";

const REFUSED = /^(node:)?(sqlite|wasi)$/;

registerHooks({
  resolve(specifier, context, next) {
    if (REFUSED.test(specifier)) throw new Error(`There is no ${specifier} in a WebContainer.`);
    return next(specifier, context);
  },
});
const builtin = process.getBuiltinModule;
process.getBuiltinModule = (name) => (REFUSED.test(name) ? undefined : builtin(name));
