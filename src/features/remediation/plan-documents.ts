import * as vscode from 'vscode';
import type { PlanDocument } from '../../domain/remediation/plan.ts';
import { ReadOnlyDocuments, inTitle } from '../../ui/read-only-documents.ts';

const scheme = 'jarvis-plan';

/** The texts of plans, in editors that cannot change them. */
export class PlanDocuments implements vscode.Disposable {
  readonly #documents = new ReadOnlyDocuments(scheme);

  async show(planId: string, { name, text }: PlanDocument): Promise<void> {
    await this.#documents.show(vscode.Uri.from({ scheme, path: `/${inTitle(name)}`, query: planId }), text);
  }

  dispose(): void {
    this.#documents.dispose();
  }
}
