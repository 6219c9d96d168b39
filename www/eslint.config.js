// Lint rules of the page. Layout of the text is Prettier's business alone.
import prettier from "eslint-config-prettier";
import vue from "eslint-plugin-vue";
import globals from "globals";
import ts from "typescript-eslint";

// It makes float32 arrays unless it is told not to.
const MATRICES = { name: "gl-matrix", message: "Import from core/matrices." };
// It is fetched with the first scene, as one chunk.
const VTK = { group: ["@kitware/vtk.js/*"], message: "vtk.js is the business of view/local/vtk alone." };

export default ts.config(
  { ignores: ["dist/", "node_modules/", "src/protocol.gen.ts"] },
  ...ts.configs.strict,
  ...vue.configs["flat/recommended"],
  {
    files: ["**/*.ts", "**/*.vue"],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      "no-restricted-imports": ["error", { paths: [MATRICES], patterns: [VTK] }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "TemplateElement[value.raw=/^(display|view|scene)\\u002F/]",
          message: "Ask state/topics for what belongs to a view.",
        },
      ],
      eqeqeq: "error",
      "max-lines": ["error", { max: 500 }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
      "vue/multi-word-component-names": "off",
      "vue/no-v-html": "error",
      // A style attribute in a template may become innerHTML, which the content security policy stops.
      "vue/no-static-inline-styles": "error",
      "vue/block-order": ["error", { order: ["script", "template", "style"] }],
      "vue/require-default-prop": "off",
    },
  },
  // A component's <script setup> and a store's set-up are modules in all but name: their parts are what is measured.
  {
    files: ["**/*.vue", "src/state/**", "src/**/use*.ts", "tests/**"],
    rules: { "max-lines-per-function": "off" },
  },
  { files: ["checks/**"], languageOptions: { globals: globals.node } },
  { files: ["src/state/topics.ts"], rules: { "no-restricted-syntax": "off" } },
  {
    files: ["src/view/local/vtk/**"],
    rules: { "no-restricted-imports": ["error", { paths: [MATRICES] }] },
  },
  { files: ["src/core/matrices.ts"], rules: { "no-restricted-imports": "off" } },
  prettier,
);
