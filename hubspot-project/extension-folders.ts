/** Folders of UI extensions below `app/`; each is built by itself (hubspot-project.md §1.2). */
export const extensionFolders = ["cards", "pages", "settings"] as const;
