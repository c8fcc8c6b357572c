// esbuild bundles it: an import has no value.
declare module '*.css' {}
