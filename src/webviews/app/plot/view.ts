/** The times in view, ms since the epoch. */
export interface View {
  readonly from: number;
  readonly to: number;
}
