package screen

// CodeNotFlushed is the problem of a copy that has got its name, which the disk did not confirm.
const CodeNotFlushed = "not-flushed"

// The codes of problems never change: other programs depend on them.
const (
	CodeNeedsElevation = "needs-elevation"
	CodeLogMissing     = "log-missing"
	CodeLogEmpty       = "log-empty"
	CodeLogIsFolder    = "log-is-folder"
	CodeLogLocked      = "log-locked"
	CodeLogUnreadable  = "log-unreadable"
	CodeNotUnderstood  = "log-not-understood"
	CodeSourceLost     = "source-lost-unnamed"
	CodeSuperseded     = "log-superseded"
	CodeUnfinished     = "log-unfinished"
	CodeLogTooLarge    = "log-too-large"
	CodeSuspiciousName = "suspicious-name"
	CodeSuspiciousDir  = "suspicious-folder"
	CodePatchMissing   = "patch-missing"
	CodeOtherProduct   = "other-product"
	CodeCacheOwner     = "cache-owner"
	CodePackageMoved   = "package-moved"
	CodeDiskFull       = "disk-full"
	CodePackageLocked  = "package-locked"
	CodeLinkInPath     = "link-in-path"
	CodeSourceMissing  = "source-missing"
	CodeNotPackage     = "not-a-package"
	CodePutOff         = "put-off"
	CodeNotRegistered  = "agent-not-registered"
	CodeCorrupt        = "registration-corrupt"
	CodeSuspiciousReg  = "suspicious-registration"
	CodeNothingFound   = "nothing-found"
	CodeServiceStopped = "service-stopped"
	CodeWizardRunning  = "wizard-running"
	CodeUnread         = "registration-unreadable"
	CodeChanged        = "installer-changed"
	CodeNoComputer     = "computer-unreadable"
)

// CodeNotStaged is the problem of an installer of which no private copy can be made.
const CodeNotStaged = "not-staged"

// What undo answers when it takes nothing back, as far as it matters to itself.
const (
	CodeNothingToUndo = "nothing-to-undo"
	CodeNotOurs       = "not-ours"

	CodeJournalUnreadable = "journal-unreadable"
)
