package winmachine

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// embeddedSigner is who signed a file according to the signature itself, for one that the verifier gave up on before it
// looked at certificates; empty when there is no signature to read. The name is for people only: nothing was checked.
func embeddedSigner(path string) string {
	var store, msg windows.Handle
	err := windows.CryptQueryObject(windows.CERT_QUERY_OBJECT_FILE, unsafe.Pointer(wide(path)),
		windows.CERT_QUERY_CONTENT_FLAG_PKCS7_SIGNED_EMBED, windows.CERT_QUERY_FORMAT_FLAG_BINARY, 0, nil, nil, nil,
		&store, &msg, nil)
	if err != nil {
		return ""
	}
	defer windows.CertCloseStore(store, 0)
	defer cryptMsgClose(msg)
	const signerCertInfo = 7 // CMSG_SIGNER_CERT_INFO_PARAM: issuer and serial number of the signing certificate
	var n uint32
	if err := cryptMsgGetParam(msg, signerCertInfo, 0, nil, &n); err != nil || n == 0 {
		return ""
	}
	info := make([]uintptr, n/uint32(unsafe.Sizeof(uintptr(0)))+1) // aligned for the pointers in it
	if err := cryptMsgGetParam(msg, signerCertInfo, 0, unsafe.Pointer(&info[0]), &n); err != nil {
		return ""
	}
	cert, err := windows.CertFindCertificateInStore(store, windows.X509_ASN_ENCODING|windows.PKCS_7_ASN_ENCODING, 0,
		windows.CERT_FIND_SUBJECT_CERT, unsafe.Pointer(&info[0]), nil)
	if err != nil {
		return ""
	}
	defer windows.CertFreeCertificateContext(cert)
	return commonName(cert)
}
