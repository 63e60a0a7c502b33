package winmachine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// Signature checks the signature that is embedded in an opened file: the whole chain, no dialogs, nothing fetched from
// a network. Only where revocation lists are not at hand it looks once more without them, and says so by its state.
func (m *Machine) Signature(ctx context.Context, f disk.File) (computer.Signature, error) {
	if err := ctx.Err(); err != nil {
		return computer.Signature{}, err
	}
	h, ok := f.(disk.Handler)
	if !ok {
		return computer.Signature{}, fmt.Errorf("cannot check the signature of \"%s\": it is no file of this computer",
			f.Path())
	}
	defer runtime.KeepAlive(f)
	first := verify(windows.Handle(h.Fd()), f.Path(), true)
	if !offline(first.code) {
		return decide(first, nil), nil
	}
	if err := ctx.Err(); err != nil {
		return computer.Signature{}, err
	}
	again := verify(windows.Handle(h.Fd()), f.Path(), false)
	return decide(first, &again), nil
}

// imageReader is what wintrust reads programs with. It asks for it, and that for others, by their names alone, and a
// loader that does so for wintrust as it would for a program looks into marsfix's own folder first (Wine): they are
// loaded from System32 before that.
var imageReader = windows.NewLazySystemDLL("imagehlp.dll")

// verify is one check. The content comes from the handle; the path is for finding out what kind of file it is.
func verify(h windows.Handle, path string, revocation bool) finding {
	if imageReader.Load() != nil {
		return finding{code: uint32(windows.TRUST_E_FAIL)} // "could not check"
	}
	file := windows.WinTrustFileInfo{Size: uint32(unsafe.Sizeof(windows.WinTrustFileInfo{})),
		FilePath: wide(path), File: h}
	data := windows.WinTrustData{
		Size: uint32(unsafe.Sizeof(windows.WinTrustData{})), UIChoice: windows.WTD_UI_NONE,
		UnionChoice: windows.WTD_CHOICE_FILE, FileOrCatalogOrBlobOrSgnrOrCert: unsafe.Pointer(&file),
		StateAction: windows.WTD_STATEACTION_VERIFY,
		ProvFlags: windows.WTD_CACHE_ONLY_URL_RETRIEVAL | windows.WTD_DISABLE_MD2_MD4 |
			windows.WTD_REVOCATION_CHECK_NONE,
	}
	if revocation {
		// Nobody but itself could revoke a root, so the whole chain is all but that one.
		data.RevocationChecks = windows.WTD_REVOKE_WHOLECHAIN
		data.ProvFlags ^= windows.WTD_REVOCATION_CHECK_NONE | windows.WTD_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT
	}
	err := windows.WinVerifyTrustEx(windows.InvalidHWND, &windows.WINTRUST_ACTION_GENERIC_VERIFY_V2, &data)
	var fd finding
	if err != nil {
		fd.code = resultOf(err)
	}
	chain, by := signer(data.StateData)
	fd.signer, fd.microsoftRoot, fd.unrevoked = by, chain != nil && endsInMicrosoftRoot(chain), revocation &&
		chain != nil && revocationKnown(chain)
	if fd.signer == "" && fd.code != trustNoSignature {
		fd.signer = embeddedSigner(path)
	}
	data.StateAction = windows.WTD_STATEACTION_CLOSE
	// Closing frees what the check kept; its result says nothing about the file.
	_ = windows.WinVerifyTrustEx(windows.InvalidHWND, &windows.WINTRUST_ACTION_GENERIC_VERIFY_V2, &data)
	return fd
}

// resultOf is the number of a result; one that is none at all is TRUST_E_FAIL's.
func resultOf(err error) uint32 {
	var errno windows.Errno
	if errors.As(err, &errno) {
		return uint32(errno)
	}
	return uint32(windows.TRUST_E_FAIL)
}

// signer reads the verifier's own findings: the chain that it built, and who signed. The chain is there until the check
// is closed.
func signer(state windows.Handle) (chain *windows.CertChainContext, name string) {
	if state == 0 {
		return nil, ""
	}
	data := wtHelperProvDataFromStateData(state)
	if data == 0 {
		return nil, ""
	}
	at := wtHelperGetProvSignerFromChain(data, 0, false, 0)
	s := *(**providerSigner)(unsafe.Pointer(&at)) // memory of the verifier's, there until the check is closed
	if s == nil || s.chainLen == 0 || s.chain == nil || s.chain.cert == nil {
		return nil, ""
	}
	return s.chainOfVerifier, commonName(s.chain.cert)
}

// revocationKnown reports whether the chain's trust status says that revocation was looked up.
// https://learn.microsoft.com/windows/win32/api/wincrypt/ns-wincrypt-cert_trust_status
func revocationKnown(chain *windows.CertChainContext) bool {
	const unknown = windows.CERT_TRUST_REVOCATION_STATUS_UNKNOWN | windows.CERT_TRUST_IS_OFFLINE_REVOCATION
	return chain.TrustStatus.ErrorStatus&unknown == 0
}

// commonName is a certificate's subject's.
func commonName(cert *windows.CertContext) string {
	oid := []byte("2.5.4.3\x00") // szOID_COMMON_NAME
	name := make([]uint16, 256)
	n := windows.CertGetNameString(cert, windows.CERT_NAME_ATTR_TYPE, 0, unsafe.Pointer(&oid[0]), &name[0],
		uint32(len(name)))
	if n <= 1 {
		return ""
	}
	return windows.UTF16ToString(name)
}

// endsInMicrosoftRoot asks for Microsoft's product roots first and then for its roots of applications. Test roots count
// in neither. https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certverifycertificatechainpolicy
func endsInMicrosoftRoot(chain *windows.CertChainContext) bool {
	const applicationRoot = 0x20000 // MICROSOFT_ROOT_CERT_CHAIN_POLICY_CHECK_APPLICATION_ROOT_FLAG
	for _, flags := range []uint32{0, applicationRoot} {
		para := windows.CertChainPolicyPara{Size: uint32(unsafe.Sizeof(windows.CertChainPolicyPara{})), Flags: flags}
		status := windows.CertChainPolicyStatus{Size: uint32(unsafe.Sizeof(windows.CertChainPolicyStatus{}))}
		err := windows.CertVerifyCertificateChainPolicy(windows.CERT_CHAIN_POLICY_MICROSOFT_ROOT, chain, &para, &status)
		if err == nil && status.Error == 0 {
			return true
		}
	}
	return false
}
