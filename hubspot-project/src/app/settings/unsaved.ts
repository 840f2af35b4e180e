import { createContext, useContext, useLayoutEffect } from "react";

/** Hears from each form whether something typed in it is not saved. */
export const UnsavedContext = createContext<(form: string, isUnsaved: boolean) => void>(() => undefined);

/** `form` names what would be lost: "the draft of Playbook 100". The page asks before it leaves one. */
export function useUnsaved(form: string, isUnsaved: boolean): void {
  const tell = useContext(UnsavedContext);
  useLayoutEffect(() => {
    tell(form, isUnsaved);
    return () => tell(form, false);
  }, [tell, form, isUnsaved]);
}
