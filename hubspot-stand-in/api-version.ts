/** The one version that the stand-in answers; any other path is a 404, so that an accidental version is noticed. */
export const apiVersion = "2026-09";
