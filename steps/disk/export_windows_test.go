package disk

// What Wine cannot be made to show on files is tested as decisions.
var (
	IsVolume  = isVolume
	ForRename = renameAccess
)
