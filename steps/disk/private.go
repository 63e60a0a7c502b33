package disk

// Flaw is why an existing folder cannot be taken for a private one.
type Flaw uint8

const (
	NotFolder    Flaw = iota + 1 // a file stands under the name
	FolderLink                   // a link stands under the name
	ForeignOwner                 // it belongs to an account that could give itself every right
	OpenToOthers                 // somebody else may write to it
)

// NotPrivateError is the cause of a MakePrivate that found something else under the name.
type NotPrivateError struct {
	Flaw Flaw
	Who  string // the account, for ForeignOwner and OpenToOthers
}

func (e *NotPrivateError) Error() string {
	switch e.Flaw {
	case NotFolder:
		return "it is not a folder"
	case FolderLink:
		return "it is a link, not a folder"
	case ForeignOwner:
		return "the folder belongs to " + e.Who
	default:
		return "the folder can be written to by " + e.Who
	}
}

// Is makes a link under the name answer to ErrLink as everywhere else.
func (e *NotPrivateError) Is(target error) bool { return target == ErrLink && e.Flaw == FolderLink }
