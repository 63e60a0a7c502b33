package winmachine

import (
	"fmt"
	"testing"

	"marsfix/steps/computer"
)

// Every result that the check of a signature can come to, and what it lets happen: steps has the gate, this the row.
func TestSignatureVerdicts(t *testing.T) {
	const stranger = "Contoso Ltd"
	ms := func(code uint32) finding {
		return finding{code: code, signer: microsoft, microsoftRoot: true, unrevoked: code == 0}
	}
	for _, c := range []struct {
		first finding
		again *finding
		want  computer.Signature
	}{
		{first: ms(0), want: computer.Signature{State: computer.SignTrusted, Signer: microsoft}},
		// The default policy lets an offline list pass: only the chain's status tells.
		{first: finding{0, microsoft, true, false}, want: computer.Signature{State: computer.SignTrustedOff,
			Signer: microsoft}},
		{first: finding{0, stranger, true, false}, want: computer.Signature{State: computer.SignOther,
			Signer: stranger}},
		// the name alone proves nothing
		{first: finding{0, microsoft, false, true}, want: computer.Signature{State: computer.SignOther,
			Signer: microsoft}},
		// Microsoft signs drivers of others
		{first: finding{0, stranger, true, true}, want: computer.Signature{State: computer.SignOther,
			Signer: stranger}},
		{first: finding{0, "microsoft corporation", true, true},
			want: computer.Signature{State: computer.SignOther, Signer: "microsoft corporation"}},
		{first: finding{0, "Microsoft Corporation ", true, true},
			want: computer.Signature{State: computer.SignOther, Signer: "Microsoft Corporation "}},
		{first: finding{0, "Microsoft Windows", true, true},
			want: computer.Signature{State: computer.SignOther, Signer: "Microsoft Windows"}},
		{first: finding{0, "Microsoft Windows Hardware Compatibility Publisher", true, true},
			want: computer.Signature{State: computer.SignOther,
				Signer: "Microsoft Windows Hardware Compatibility Publisher"}},
		{first: finding{0, "", true, true}, want: computer.Signature{State: computer.SignOther}},

		{first: ms(0x80092012), again: &finding{0, microsoft, true, true},
			want: computer.Signature{State: computer.SignTrustedOff, Signer: microsoft, Code: 0x80092012}},
		{first: ms(0x80092013), again: &finding{0, microsoft, true, true},
			want: computer.Signature{State: computer.SignTrustedOff, Signer: microsoft, Code: 0x80092013}},
		{first: ms(0x800B010E), again: &finding{0, microsoft, true, true},
			want: computer.Signature{State: computer.SignTrustedOff, Signer: microsoft, Code: 0x800B010E}},
		{first: finding{0x80092013, stranger, false, false}, again: &finding{0, stranger, false, true},
			want: computer.Signature{State: computer.SignOther, Signer: stranger}},
		{first: ms(0x80092013), again: &finding{0, microsoft, false, true},
			want: computer.Signature{State: computer.SignOther, Signer: microsoft}},
		{first: ms(0x80092013), again: &finding{0x800B0109, microsoft, false, false},
			want: computer.Signature{State: computer.SignUntrusted, Signer: microsoft, Code: 0x800B0109}},
		{first: ms(0x80092013), again: &finding{code: 0x80096010},
			want: computer.Signature{State: computer.SignBroken, Signer: microsoft, Code: 0x80096010}},
		{first: ms(0x80092013), again: &finding{0x80092013, microsoft, true, false},
			want: computer.Signature{State: computer.SignUnchecked, Signer: microsoft, Code: 0x80092013}},
		{first: ms(0x80092013), want: computer.Signature{State: computer.SignUnchecked, Signer: microsoft,
			Code: 0x80092013}},

		// Refused whoever signed: no override.
		{first: ms(0x80096010), want: computer.Signature{State: computer.SignBroken, Signer: microsoft,
			Code: 0x80096010}},
		{first: ms(0x800B010C), want: computer.Signature{State: computer.SignRevoked, Signer: microsoft,
			Code: 0x800B010C}},
		{first: ms(0x80092010), want: computer.Signature{State: computer.SignRevoked, Signer: microsoft,
			Code: 0x80092010}},
		{first: ms(0x800B0111), want: computer.Signature{State: computer.SignDistrusted, Signer: microsoft,
			Code: 0x800B0111}},

		// Typed override.
		{first: finding{code: 0x800B0100}, want: computer.Signature{State: computer.SignNone, Code: 0x800B0100}},
		{first: finding{0x800B0109, stranger, false, false},
			want: computer.Signature{State: computer.SignUntrusted, Signer: stranger, Code: 0x800B0109}},
		{first: finding{0x800B010A, stranger, false, false},
			want: computer.Signature{State: computer.SignUntrusted, Signer: stranger, Code: 0x800B010A}},
		{first: ms(0x800B0101), want: computer.Signature{State: computer.SignExpired, Signer: microsoft,
			Code: 0x800B0101}},

		// Could not check: everything else, a test root too.
		{first: ms(0x800B010D), want: computer.Signature{State: computer.SignUnchecked, Signer: microsoft,
			Code: 0x800B010D}},
		{first: ms(0x80096005), want: computer.Signature{State: computer.SignUnchecked, Signer: microsoft,
			Code: 0x80096005}},
		{first: finding{code: 0x800B0003}, want: computer.Signature{State: computer.SignUnchecked, Code: 0x800B0003}},
		{first: finding{code: 0x80070020}, want: computer.Signature{State: computer.SignUnchecked, Code: 0x80070020}},
		{first: ms(1), want: computer.Signature{State: computer.SignUnchecked, Signer: microsoft, Code: 1}},
	} {
		again := "not tried again"
		if c.again != nil {
			again = fmt.Sprintf("then %+v", *c.again)
		}
		if got := decide(c.first, c.again); got != c.want {
			t.Errorf("%+v, %s: %+v, want %+v", c.first, again, got, c.want)
		}
	}
}

// Only results that speak of revocation lists ask for a second look: none other may become good by looking less
// closely.
func TestOnlyOfflineIsTriedAgain(t *testing.T) {
	again := map[uint32]bool{0x80092012: true, 0x80092013: true, 0x800B010E: true}
	for code := uint32(0x80092000); code < 0x80092100; code++ {
		if offline(code) != again[code] {
			t.Errorf("%08X is tried again: %v", code, offline(code))
		}
	}
	for _, base := range []uint32{0, 0x80096000, 0x800B0000, 0x800B0100} {
		for code := base; code < base+0x100; code++ {
			if offline(code) != again[code] {
				t.Errorf("%08X is tried again: %v", code, offline(code))
			}
			if f := (finding{code: code, signer: microsoft, microsoftRoot: true}); code != 0 && !offline(code) {
				if s := decide(f, &finding{0, microsoft, true, true}); s.State == computer.SignTrusted ||
					s.State == computer.SignTrustedOff {
					t.Errorf("%08X came to %+v", code, s)
				}
			}
		}
	}
}
