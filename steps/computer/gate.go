package computer

import (
	"cmp"
	"context"
	"fmt"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// gate is what the result of a signature check lets happen to a package.
type gate uint8

const (
	gatePass   gate = iota
	gateTyped       // only after the Unique_ID is typed out
	gateRefuse      // never
)

// signGate is one row of the gate.
type signGate struct {
	gate  gate
	tone  screen.Tone
	words string // what the check came to; %s is the signer
	word  string // the part of them that says it
}

// microsoft is whose packages and programs these are, by the name in the certificate.
const microsoft = "Microsoft Corporation"

// signGates is what each result of a check means.
var signGates = [...]signGate{
	SignUnchecked:  {gateTyped, screen.Warn, "not checked", "not checked"},
	SignTrusted:    {gatePass, screen.Good, "signed by %s", "signed"},
	SignTrustedOff: {gatePass, screen.Good, "signed by %s, revocation not checked online", "signed"},
	SignOther:      {gateTyped, screen.Warn, "signed by %s, not by Microsoft", "not by Microsoft"},
	SignNone:       {gateTyped, screen.Warn, "not signed", "not signed"},
	SignUntrusted:  {gateTyped, screen.Warn, "signed by %s, not trusted by this computer", "not trusted"},
	SignExpired:    {gateTyped, screen.Warn, "signed by %s with an expired certificate and no valid time stamp", "expired"},
	SignBroken:     {gateRefuse, screen.Bad, "changed after %s signed it", "changed"},
	SignRevoked:    {gateRefuse, screen.Bad, "signed by %s with a revoked certificate", "revoked"},
	SignDistrusted: {gateRefuse, screen.Bad, "signed by %s, explicitly distrusted by this computer", "distrusted"},
}

// Refused reports whether what bears this signature is never used.
func (s Signature) Refused() bool { return signGates[s.State].gate == gateRefuse }

// Doubtful reports whether it is used only after the engineer has taken the risk outright.
func (s Signature) Doubtful() bool { return signGates[s.State].gate == gateTyped }

// Tone is what words mean.
func (s Signature) Tone() screen.Tone { return signGates[s.State].tone }

// Word is the part of Words that says it in a word or three.
func (s Signature) Word() string {
	if s.State == SignOther && s.Signer == microsoft {
		return "not under"
	}
	return signGates[s.State].word
}

// Words says what a check came to.
func (s Signature) Words() string {
	w := signGates[s.State].words
	if s.State == SignOther && s.Signer == microsoft {
		w = "signed under the name %s, but not under a Microsoft root"
	}
	if s.State != SignUnchecked && s.State != SignNone {
		w = fmt.Sprintf(w, cmp.Or(s.Signer, "somebody unknown"))
	}
	if s.State == SignUnchecked && s.unseen != "" {
		return w + ": " + s.unseen
	}
	if s.Code != 0 && s.State != SignTrusted && s.State != SignTrustedOff && s.State != SignNone {
		w += fmt.Sprintf(" (0x%08X)", s.Code)
	}
	return w
}

// Lacks is what a doubtful signature is short of, in words that follow the file's name.
func (s Signature) Lacks() string {
	switch s.State {
	case SignUnchecked:
		return "has a signature that could not be checked"
	case SignOther:
		return "is not signed by Microsoft"
	case SignNone:
		return "is not signed"
	}
	return "has no valid signature"
}

// Row is what a check came to, as a step shows it.
func (s Signature) Row() screen.Row {
	r := screen.Row{Label: "signature", Value: s.Words(), Tone: s.Tone(), Word: s.Word()}
	switch s.State {
	case SignTrusted:
		r.Value, r.Note, r.Word = s.Signer, "valid", ""
	case SignTrustedOff:
		r.Value, r.Note, r.Word = s.Signer, "valid; revocation not checked online", "valid"
	}
	return r
}

// CheckSignature checks the signature of an opened file. One that cannot be checked is none that is trusted.
func CheckSignature(ctx context.Context, l Looker, file disk.File) Signature {
	s, err := l.Signature(ctx, file)
	if err != nil {
		return Signature{State: SignUnchecked, unseen: err.Error()}
	}
	return s
}
