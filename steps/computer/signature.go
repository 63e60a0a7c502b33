package computer

// SignState is what a signature check came to, in the order of the gate that it meets.
type SignState uint8

const (
	SignUnchecked  SignState = iota // nobody looked, or the check could not be made
	SignTrusted                     // whole chain to a Microsoft root, signer Microsoft Corporation
	SignTrustedOff                  // the same, revocation could not be checked from here
	SignOther                       // a good signature of somebody else
	SignNone                        // 0x800B0100 no signature
	SignUntrusted                   // 0x800B0109, 0x800B010A no trusted chain
	SignExpired                     // 0x800B0101 expired, without a time stamp that was valid
	SignBroken                      // 0x80096010 the content was changed after signing
	SignRevoked                     // 0x800B010C
	SignDistrusted                  // 0x800B0111
)

// Signature is who signed a file and whether that can be believed.
type Signature struct {
	State  SignState
	Signer string // common name of the signing certificate, empty when none
	Code   uint32 // the system's result, 0 when it has none
	unseen string // why it could not be checked at all
}

// Same reports whether two checks came to the same.
func (s Signature) Same(other Signature) bool {
	s.unseen, other.unseen = "", "" // the words may name a path
	return s == other
}
