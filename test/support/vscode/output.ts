/** Begins each line that the tests in the extension host print, to tell them from VS Code's own log. */
export const outputMark = '│ ';
