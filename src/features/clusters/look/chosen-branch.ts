import type { Branch, OpenBranch } from '../../../ui/tree/model.ts';
import type { Look } from './look.ts';
import type { LookSource } from './look-state.ts';

/** Children that depend on the look as a whole: opened anew when what it chooses is another branch. */
export function chosenBranch(source: LookSource, choose: (look: Look) => Branch): Branch {
  const chosen = () => choose(source.look);
  return {
    get empty() {
      return chosen().empty;
    },
    open(changed) {
      let branch = chosen();
      let opened: OpenBranch = branch.open(changed);
      const listening = source.onDidChange(() => {
        if (chosen() === branch) return;
        const before = opened;
        branch = chosen();
        opened = branch.open(changed);
        before.dispose();
        changed();
      });
      return {
        read: () => opened.read(),
        dispose() {
          listening.dispose();
          opened.dispose();
        },
      };
    },
  };
}
