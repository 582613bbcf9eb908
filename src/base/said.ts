// Gives a piece a line that says what it does, for whoever prints a composition of pieces.

/** The same piece with its line. */
export const said = <Piece extends object>(says: string, piece: Piece): Piece & { readonly says: string } =>
  Object.assign(piece, { says })
