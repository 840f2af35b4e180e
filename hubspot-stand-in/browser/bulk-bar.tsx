import { useMemo, useState } from "react";
import type { BulkAction, PortalPageData, PortalWithPeople } from "../record-page/page-data.ts";
import { Dialog } from "./components/overlay.tsx";
import { extensionContext } from "./extension-context.ts";
import { ExtensionFrame } from "./extension-frame.tsx";
import { useExtensionHost } from "./use-extension-host.ts";

interface BulkBarProps {
  readonly portal: PortalWithPeople;
  readonly data: PortalPageData;
  /** Ids of the companies that are ticked. */
  readonly chosen: readonly string[];
}

interface Opened {
  readonly action: BulkAction;
  readonly ids: readonly number[];
}

/** What can be done with the companies that are ticked; it opens for those that were ticked when it was pressed. */
export function BulkBar({ portal, data, chosen }: BulkBarProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [alert, setAlert] = useState<string | null>(null);
  return (
    <>
      <div className="bulk-bar" role="toolbar" aria-label="Chosen companies">
        <b>{`${chosen.length} selected`}</b>
        {data.bulkActions.map((action) => (
          <button
            key={action.uid}
            type="button"
            className="button button-secondary"
            onClick={() => setOpened({ action, ids: chosen.map(Number) })}
          >
            {`${data.app.name}: ${action.name}`}
          </button>
        ))}
      </div>
      {alert === null ? null : (
        <p className="notice" role="status">
          {alert}
        </p>
      )}
      {opened === null ? null : (
        <Dialog
          id={opened.action.uid}
          title={opened.action.name}
          width="md"
          look={opened.action.displayMode === "MODAL" ? "modal" : "panel"}
          close={() => setOpened(null)}
        >
          <div className="panel-body" data-extension={opened.action.uid}>
            <OpenAction opened={opened} portal={portal} data={data} showAlert={setAlert} />
          </div>
        </Dialog>
      )}
    </>
  );
}

interface OpenActionProps extends Omit<BulkBarProps, "chosen"> {
  readonly opened: Opened;
  showAlert(text: string): void;
}

function OpenAction({ opened: { action, ids }, portal, data, showAlert }: OpenActionProps) {
  const host = useExtensionHost(portal.portalId, { showAlert });
  const context = useMemo(() => {
    const reader = { portal, user: portal.user, variables: data.variables, app: data.app };
    const crm = { objectTypeId: "0-2", objectIds: ids };
    return extensionContext(reader, action.name, { location: "crm.bulkActions", crm });
  }, [action, ids, portal, data]);
  return <ExtensionFrame script={action.script} host={host} context={context} />;
}
