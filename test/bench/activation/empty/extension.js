import 'vscode';

export function activate() {
  // nothing
}
