/** Folders of UI extensions below `app/`; each is built by itself (hubspot-project.md §1.2). */
export const extensionFolders = ["cards", "pages", "settings", "actions"] as const;

/** Bulk actions are a beta of HubSpot's: they are uploaded only where the environment says that it takes them. */
export const bulkActionFolder = "actions";
