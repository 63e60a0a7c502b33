package disk

// What Wine cannot be made to show on files is tested as decisions.
var (
	CheckRights = checkRights
	TrustOf     = trustOf
	IsVolume    = isVolume
	ForRename   = renameAccess
)
