/// <reference types="astro/client" />
/// <reference types="../node_modules/@astrojs/starlight/dist/global.d.ts" />
