package computer

import (
	"strings"
	"testing"
)

// What a check came to is said so that nobody takes one result for another.
func TestSignWords(t *testing.T) {
	for _, tt := range []struct {
		s    Signature
		want string
	}{
		{Signature{State: SignTrusted, Signer: microsoft}, "signed by Microsoft Corporation"},
		{Signature{State: SignTrustedOff, Signer: microsoft, Code: 0x80092013},
			"signed by Microsoft Corporation, revocation not checked online"},
		{Signature{State: SignOther, Signer: "Contoso"}, "signed by Contoso, not by Microsoft"},
		{Signature{State: SignOther, Signer: microsoft},
			"signed under the name Microsoft Corporation, but not under a Microsoft root"},
		{Signature{State: SignOther}, "signed by somebody unknown, not by Microsoft"},
		{Signature{State: SignNone, Code: 0x800B0100}, "not signed"},
		{Signature{State: SignUnchecked, Code: 0x800B0003}, "not checked (0x800B0003)"},
		{Signature{State: SignBroken, Signer: microsoft, Code: 0x80096010},
			"changed after Microsoft Corporation signed it (0x80096010)"},
	} {
		if got := tt.s.Words(); got != tt.want {
			t.Errorf("%+v is %q, want %q", tt.s, got, tt.want)
		}
	}
	for i := range signGates {
		state := SignState(i)
		words := Signature{State: state, Signer: "Contoso", Code: 1}.Words()
		if words == "" || strings.Contains(words, "%") {
			t.Errorf("%d is %q", state, words)
		}
	}
}

// What a doubtful signature is short of is said plainly, and no more than is known: a good signature of somebody else
// is no invalid one, and one that nobody could check may be good.
func TestWhatASignatureLacks(t *testing.T) {
	want := map[SignState]string{SignUnchecked: "has a signature that could not be checked",
		SignOther: "is not signed by Microsoft", SignNone: "is not signed", SignUntrusted: "has no valid signature",
		SignExpired: "has no valid signature"}
	for state := range signGates {
		s := Signature{State: SignState(state)}
		if w, doubtful := want[s.State]; doubtful != s.Doubtful() || doubtful && s.Lacks() != w {
			t.Errorf("%d is doubtful: %v, and lacks %q, want %q", state, s.Doubtful(), s.Lacks(), w)
		}
	}
}
