import js from "@eslint/js";
import tseslint from "typescript-eslint";
import { rooms } from "./scripts/eslint/rooms.ts";

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      "dist",
      ".astro",
      ".cache",
      "public",
      "src/sandbox/base-app",
      "lessons/*/{app,solution,wrong,variants}",
      "lessons/_apps",
    ],
  },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { house: { rules: { rooms } } },
    rules: {
      "house/rooms": "error",
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      "@typescript-eslint/no-non-null-assertion": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "off",
    },
  },
  // TypeScript knows the globals.
  { rules: { "no-undef": "off" } },
  {
    // The engine runs in workers and in Node: no DOM. It indexes typed arrays it has measured.
    files: ["src/sandbox/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-globals": ["error", "document", "window", "localStorage", "sessionStorage"],
    },
  },
  {
    files: ["src/course/**/*.ts"],
    ignores: ["src/course/node/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["node:*", "preact*", "astro*"] }],
    },
  },
);
