package winmachine

import "marsfix/steps/computer"

// Results of WinVerifyTrust, https://learn.microsoft.com/windows/win32/api/wintrust/nf-wintrust-winverifytrust and
// winerror.h.
const (
	trustOK              uint32 = 0
	cryptRevoked         uint32 = 0x80092010 // CRYPT_E_REVOKED
	cryptNoRevocation    uint32 = 0x80092012 // CRYPT_E_NO_REVOCATION_CHECK
	cryptOffline         uint32 = 0x80092013 // CRYPT_E_REVOCATION_OFFLINE
	trustBadDigest       uint32 = 0x80096010 // TRUST_E_BAD_DIGEST
	trustNoSignature     uint32 = 0x800B0100 // TRUST_E_NOSIGNATURE
	certExpired          uint32 = 0x800B0101 // CERT_E_EXPIRED: and no time stamp says that it was good when it signed
	certUntrustedRoot    uint32 = 0x800B0109 // CERT_E_UNTRUSTEDROOT
	certChaining         uint32 = 0x800B010A // CERT_E_CHAINING
	certRevoked          uint32 = 0x800B010C // CERT_E_REVOKED
	certRevocationFailed uint32 = 0x800B010E // CERT_E_REVOCATION_FAILURE
	trustDistrusted      uint32 = 0x800B0111 // TRUST_E_EXPLICIT_DISTRUST
)

// microsoft is the common name in the certificate of the agent's packages and programs. "Microsoft Windows" and its kin
// ("Microsoft Windows Publisher", "… Hardware Compatibility Publisher", "… UEFI Driver Publisher") do not pass, though
// their chains end in Microsoft's roots: the first two sign what belongs to Windows itself, which no installer of the
// agent's is, the others what other vendors have sent in to be signed,
// https://learn.microsoft.com/windows-hardware/drivers/dashboard/code-signing-reqs. Whoever has such a file can type
// the override.
const microsoft = "Microsoft Corporation"

// finding is what one check of a signature came to.
type finding struct {
	code          uint32 // WinVerifyTrust's result
	signer        string // common name of the signing certificate
	microsoftRoot bool   // the verifier's own chain ends in a root of Microsoft's
	// unrevoked: the chain says that revocation was looked up. A result of 0 does not: the default policy lets an
	// offline list pass (WTPF_OFFLINEOK…,
	// https://learn.microsoft.com/windows/win32/api/wintrust/nf-wintrust-wintrustgetregpolicyflags).
	unrevoked bool
}

// offline reports whether a result only says that revocation lists could not be had.
func offline(code uint32) bool {
	return code == cryptNoRevocation || code == cryptOffline || code == certRevocationFailed
}

// decide says what a check means. again is the check without revocation, which is made only after an offline one; else
// nil.
func decide(first finding, again *finding) computer.Signature {
	f, good := first, computer.SignTrusted
	if offline(first.code) && again != nil {
		f = *again
	}
	if !first.unrevoked {
		good = computer.SignTrustedOff
	}
	s := computer.Signature{State: stateOf(f.code), Signer: f.signer, Code: f.code}
	if s.Signer == "" {
		s.Signer = first.signer
	}
	if f.code == trustOK {
		s.State = computer.SignOther
		if f.signer == microsoft && f.microsoftRoot {
			s.State, s.Code = good, first.code
		}
	}
	return s
}

// stateOf is what a result says by itself. What is not listed could not be checked.
func stateOf(code uint32) computer.SignState {
	switch code {
	case trustBadDigest:
		return computer.SignBroken
	case certRevoked, cryptRevoked:
		return computer.SignRevoked
	case trustDistrusted:
		return computer.SignDistrusted
	case trustNoSignature:
		return computer.SignNone
	case certUntrustedRoot, certChaining:
		return computer.SignUntrusted
	case certExpired:
		return computer.SignExpired
	}
	return computer.SignUnchecked
}
