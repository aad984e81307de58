import Core
import CryptoExtras
