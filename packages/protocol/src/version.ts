import manifest from '../package.json' with { type: 'json' };

/** Version of Konui; its packages are released together. */
export const VERSION: string = manifest.version;
